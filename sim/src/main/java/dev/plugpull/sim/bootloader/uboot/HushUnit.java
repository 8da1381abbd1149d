package dev.plugpull.sim.bootloader.uboot;

import java.util.List;

/** What the shell reads before it runs anything: a line, or more when a compound command or a quote spans lines. */
sealed interface HushUnit {

  int line();

  /** Lines at which the parser complained but went on. */
  List<Integer> complaints();

  /** Commands that run. */
  record Commands(List<HushStep> steps, List<Integer> complaints, int line) implements HushUnit {}

  /**
   * Nothing of the unit runs, and the script ends here.
   *
   * @param silent nothing more is printed than the complaints
   */
  record SyntaxError(int line, String why, boolean silent, List<Integer> complaints) implements HushUnit {}
}
