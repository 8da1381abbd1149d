package dev.plugpull.sim.bootloader.uboot;

/** A hush: reads text and runs it. */
interface Shell {

  /** A status below this leaves the script: {@code -2 - status}. */
  int EXIT = -2;

  /** Runs a script as {@code source} does; answers 0 or a failure. */
  int script(String text);

  /** Runs the content of a variable as {@code run} does. */
  int variable(String text);
}
