package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.UpdatingDevice.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The boot loader's environment as snapd reads and writes it. */
interface BootEnvironment {

  /**
   * Reads it.
   *
   * @throws SnapdError if it is damaged; a missing file reads as empty
   */
  SortedMap<String, String> read(Machine machine);

  /** Writes variables; empty values unset. All of one call share the fate that the primitive gives them. */
  void write(Machine machine, String point, SortedMap<String, String> changes);

  /** snapd's {@code SetBootVars}: writes, where loaders of this kind are asked first only if something changes. */
  default void set(Machine machine, String point, SortedMap<String, String> changes) {
    SortedMap<String, String> now = read(machine);
    boolean same = changes.entrySet().stream().allMatch(e -> now.getOrDefault(e.getKey(), "").equals(e.getValue()));
    if (!same) {
      write(machine, point, changes);
    }
  }

  /** Where it lives, for people. */
  String where();

  /** Its variables for people, or one line that says why it cannot be read. */
  default List<Variable> describe(Machine machine) {
    try {
      List<Variable> variables = new ArrayList<>();
      read(machine).forEach((name, value) -> variables.add(new Variable(where(), name, value)));
      return variables;
    } catch (SnapdError e) {
      return List.of(new Variable(where(), "environment", "unreadable: " + e.getMessage()));
    }
  }
}
