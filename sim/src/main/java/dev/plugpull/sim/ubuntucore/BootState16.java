package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** UC16 and UC18: kernel and base in one loader environment, {@code snap_mode} for both (specification section 4.1). */
final class BootState16 implements BootState {
  private final BootEnvironment environment;
  private final KernelStore store;

  /**
   * @param store where kernels are extracted to; GRUB loads kernel and initrd out of the blob
   */
  BootState16(BootEnvironment environment, KernelStore store) {
    this.environment = environment;
    this.store = store;
  }

  private static String good(Part part) {
    return part == Part.KERNEL ? "snap_kernel" : "snap_core";
  }

  private static String candidate(Part part) {
    return part == Part.KERNEL ? "snap_try_kernel" : "snap_try_core";
  }

  @Override
  public String status(Machine machine, Part part) {
    if (part != Part.KERNEL && part != Part.BASE) {
      return "";
    }
    SortedMap<String, String> now = environment.read(machine);
    return now.getOrDefault(candidate(part), "").isEmpty() ? "" : now.getOrDefault("snap_mode", "");
  }

  @Override
  public int current(Machine machine, Part part) {
    return machine.setup.revision(part, environment.read(machine).getOrDefault(good(part), ""));
  }

  @Override
  public boolean setNext(Machine machine, Part part, int revision) {
    if (part != Part.KERNEL && part != Part.BASE) {
      return false;
    }
    String blob = machine.setup.blob(part, revision);
    SortedMap<String, String> now = environment.read(machine);
    boolean isGood = now.getOrDefault(good(part), "").equals(blob);
    if (isGood && now.getOrDefault("snap_mode", "").isEmpty()) {
      return false;
    }
    SortedMap<String, String> next = new TreeMap<>();
    next.put("snap_mode", isGood ? "" : "try");
    next.put(candidate(part), isGood ? "" : blob);
    environment.write(machine, "U18", next);
    return !isGood;
  }

  @Override
  public void setNextWithoutTry(Machine machine, Part part, int revision) {
    if (part != Part.KERNEL && part != Part.BASE) {
      return;
    }
    SortedMap<String, String> next = new TreeMap<>();
    next.put(good(part), machine.setup.blob(part, revision));
    next.put("snap_mode", "");
    next.put(candidate(part), "");
    writeIfChanged(machine, "U19", next);
  }

  @Override
  public void markSuccessful(Machine machine, Running running) {
    SortedMap<String, String> now = environment.read(machine);
    SortedMap<String, String> next = new TreeMap<>();
    for (Part part : new Part[] {Part.BASE, Part.KERNEL}) {
      String tried = now.getOrDefault(candidate(part), "");
      if (now.getOrDefault("snap_mode", "").equals("trying") && !tried.isEmpty()) {
        next.put(good(part), tried);
      }
      next.put(candidate(part), "");
    }
    next.put("snap_mode", "");
    writeIfChanged(machine, "U23", next);
  }

  private void writeIfChanged(Machine machine, String point, SortedMap<String, String> next) {
    SortedMap<String, String> now = environment.read(machine);
    boolean same = next.entrySet().stream().allMatch(e -> now.getOrDefault(e.getKey(), "").equals(e.getValue()));
    if (!same) {
      environment.write(machine, point, next);
    }
  }

  @Override
  public void extractKernel(Machine machine, int revision) {
    store.extract(machine, revision);
  }

  @Override
  public void removeKernel(Machine machine, String point, int revision) {
    store.remove(machine, point, revision);
  }

  @Override
  public List<Variable> describe(Machine machine) {
    return environment.describe(machine);
  }
}
