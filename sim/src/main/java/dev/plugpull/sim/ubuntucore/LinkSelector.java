package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * GRUB of UC20 and later: links {@code kernel.efi} and {@code try-kernel.efi} beside the environment on ubuntu-boot.
 */
final class LinkSelector implements KernelSelector {
  private static final String GOOD = "/kernel.efi";
  private static final String TRY = "/try-kernel.efi";

  private final BootEnvironment environment;
  private final String folder;

  LinkSelector(BootEnvironment environment, String folder) {
    this.environment = environment;
    this.folder = folder;
  }

  @Override
  public String status(Machine machine) {
    return environment.read(machine).getOrDefault("kernel_status", "");
  }

  @Override
  public String current(Machine machine) {
    return blob(machine, GOOD);
  }

  @Override
  public String candidate(Machine machine) {
    return blob(machine, TRY);
  }

  @Override
  public void tryNext(Machine machine, String blob) {
    String before = status(machine);
    Writes.atomicLink(machine, "K17", machine.boot(), blob + "/kernel.efi", folder + TRY);
    checkpoint(machine);
    if (!before.equals("try")) {
      environment.write(machine, "K18", status("try"));
    }
  }

  @Override
  public void setGood(Machine machine, String blob) {
    promote(machine, "U1", "U2", "U3", blob);
  }

  @Override
  public void promote(Machine machine, String booted) {
    promote(machine, "M1", "M2", "M3", booted);
  }

  private void promote(Machine machine, String first, String second, String third, String blob) {
    if (first.startsWith("M")) {
      clear(machine, first);
    }
    if (!current(machine).equals(blob)) {
      Writes.atomicLink(machine, second, machine.boot(), blob + "/kernel.efi", folder + GOOD);
      checkpoint(machine);
    }
    Writes.remove(machine, third, machine.boot(), folder + TRY);
    checkpoint(machine);
    if (!first.startsWith("M")) {
      clear(machine, first);
    }
  }

  @Override
  public void installed(Machine machine, String blob) {
    Writes.atomicLink(machine, "7.7.kernel", machine.boot(), blob + "/kernel.efi", folder + GOOD);
    environment.write(machine, "7.7.status", status(""));
  }

  @Override
  public void clearStatus(Machine machine) {
    clear(machine, "K18");
  }

  private void clear(Machine machine, String point) {
    if (!status(machine).isEmpty()) {
      environment.write(machine, point, status(""));
    }
  }

  private void checkpoint(Machine machine) {
    if (machine.setup.platform().bootPartitionCheckpointed()) {
      machine.boot().freeze();
    }
  }

  private String blob(Machine machine, String link) {
    String target = machine.boot().tree().target(folder + link);
    if (target == null) {
      return "";
    }
    int slash = target.indexOf('/');
    return slash < 0 ? "" : target.substring(0, slash);
  }

  private static SortedMap<String, String> status(String value) {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("kernel_status", value);
    return map;
  }

  @Override
  public List<Variable> describe(Machine machine) {
    List<Variable> variables = new ArrayList<>(environment.describe(machine));
    variables.add(new Variable("ubuntu-boot", "kernel.efi", current(machine)));
    variables.add(new Variable("ubuntu-boot", "try-kernel.efi", candidate(machine)));
    return variables;
  }
}
