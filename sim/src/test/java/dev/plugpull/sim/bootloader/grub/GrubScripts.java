package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;

/** Runs a script on a one-volume machine. */
final class GrubScripts {

  static final String PREFIX = "(hd0,gpt1)/grub";

  private GrubScripts() {}

  static MemoryMachine machine(String script) {
    return new MemoryMachine(
        new MemoryVolume(0, 1, "boot")
            .with("/grub/grub.cfg", script)
            .with("/grub/grubenv", GrubEnvironment.empty().content()));
  }

  static GrubRun run(String script) {
    return new Grub(GrubConfig.stock(PREFIX)).boot(machine(script));
  }

  static String output(String script) {
    return run(script).output();
  }

  static BootOutcome outcome(String script) {
    return run(script).outcome();
  }

  /** The last {@code $?}. */
  static String status(String script) {
    return run(script + "\necho -n @$?").output().replaceAll("(?s).*@", "");
  }

  /** {@code yes} or {@code no}, with what was printed while finding out. */
  static String condition(String condition) {
    return output("if " + condition + "; then echo yes; else echo no; fi");
  }
}
