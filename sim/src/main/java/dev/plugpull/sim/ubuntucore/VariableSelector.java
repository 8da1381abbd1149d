package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * U-Boot of UC20 and later: {@code kernel_status}, {@code snap_kernel} and {@code snap_try_kernel} in one environment.
 */
final class VariableSelector implements KernelSelector {
  private final BootEnvironment environment;

  VariableSelector(BootEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public String status(Machine machine) {
    return environment.read(machine).getOrDefault("kernel_status", "");
  }

  @Override
  public String current(Machine machine) {
    return environment.read(machine).getOrDefault("snap_kernel", "");
  }

  @Override
  public String candidate(Machine machine) {
    return environment.read(machine).getOrDefault("snap_try_kernel", "");
  }

  @Override
  public void tryNext(Machine machine, String blob) {
    save(machine, "K18", variables("try", current(machine), blob));
  }

  @Override
  public void setGood(Machine machine, String blob) {
    save(machine, "U1", variables("", blob, ""));
  }

  @Override
  public void promote(Machine machine, String booted) {
    save(machine, "M1'", variables("", booted, ""));
  }

  @Override
  public void clearStatus(Machine machine) {
    save(machine, "K18", variables("", current(machine), ""));
  }

  private void save(Machine machine, String point, SortedMap<String, String> variables) {
    SortedMap<String, String> before = environment.read(machine);
    boolean same = variables.entrySet().stream()
        .allMatch(e -> before.getOrDefault(e.getKey(), "").equals(e.getValue()));
    if (!same) {
      environment.write(machine, point, variables);
    }
  }

  private static SortedMap<String, String> variables(String status, String good, String candidate) {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("kernel_status", status);
    map.put("snap_kernel", good);
    map.put("snap_try_kernel", candidate);
    return map;
  }

  @Override
  public List<Variable> describe(Machine machine) {
    return environment.describe(machine);
  }
}
