package dev.plugpull.sim.bootloader.uboot;

import java.util.List;

/** What the shell reads before it runs anything: a line, or more when a compound command or a quote spans lines. */
sealed interface HushUnit {

  int line();

  /**
   * @param errors lines at which the parser complained but went on
   */
  record Commands(List<HushStep> steps, List<Integer> errors, int line) implements HushUnit {}

  /** Nothing of the unit runs, and the script ends here. */
  record SyntaxError(int line, String why) implements HushUnit {}
}
