package dev.plugpull.sim.ubuntucore;

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

  /** Where it lives, for people. */
  String where();
}
