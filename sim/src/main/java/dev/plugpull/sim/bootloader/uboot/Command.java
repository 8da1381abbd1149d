package dev.plugpull.sim.bootloader.uboot;

/** One U-Boot command. */
@FunctionalInterface
interface Command {

  /** The answer of a command that was called with the wrong words. */
  int USAGE = -1;

  /**
   * Runs the command.
   *
   * @param words the words of the command, its name first
   * @return 0 for success, {@link #USAGE} for wrong words; less than -1 only from {@code exit}
   */
  int run(Session session, String[] words);
}
