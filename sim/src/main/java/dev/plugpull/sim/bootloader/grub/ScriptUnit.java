package dev.plugpull.sim.bootloader.grub;

import java.util.List;

/**
 * What GRUB parses before it executes anything of it: usually a line, more where a construct spans several.
 *
 * @param functions defined while parsing, hence even when a later part of the unit is wrong
 * @param commands null if the unit is empty or wrong
 * @param fault null if the unit is right
 */
record ScriptUnit(List<Function> functions, Statement.Sequence commands, Fault fault, int line) {

  /** A function and its body. */
  record Function(String name, Statement.Sequence body, int line) {}

  /**
   * A syntax error.
   *
   * @param messages what GRUB prints, in order
   */
  record Fault(int line, String why, List<String> messages) {}
}
