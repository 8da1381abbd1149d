package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * U-Boot of UC20 and later: {@code kernel_status}, {@code snap_kernel} and {@code snap_try_kernel} in one environment.
 */
class VariableSelector implements KernelSelector {
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
    environment.set(machine, "K18", variables("try", current(machine), blob));
  }

  @Override
  public void setGood(Machine machine, String blob) {
    environment.set(machine, "U1", variables("", blob, ""));
  }

  @Override
  public void promote(Machine machine, String booted) {
    environment.set(machine, "M1'", variables("", booted, ""));
  }

  @Override
  public void clearStatus(Machine machine) {
    environment.set(machine, "K18", variables("", current(machine), ""));
  }

  /** The kernel is named together with its status, in one save. */
  @Override
  public void installed(Machine machine, String blob) {
    SortedMap<String, String> variables = variables("", blob, "");
    variables.remove("snap_try_kernel");
    environment.set(machine, "7.7.status", variables);
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
