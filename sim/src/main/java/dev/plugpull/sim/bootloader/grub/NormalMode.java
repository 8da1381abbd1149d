package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;

/** Normal mode: run the configuration, show its menu, else wait at the command line. */
final class NormalMode {

  private NormalMode() {}

  /** Never returns: the machine boots, stops or waits for a person. */
  static void enter(Interpreter in, String configuration) {
    boolean read = in.runFile(configuration);
    String why = read ? "" : ": " + configuration + " cannot be read";
    in.clearError();
    if (!in.menu().entries.isEmpty()) {
      new MenuRunner(in).show(false, false);
    }
    throw new BootEnded(new BootOutcome.Prompt("GRUB's command line" + why));
  }
}
