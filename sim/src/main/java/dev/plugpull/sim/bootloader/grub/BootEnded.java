package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;

/** Leaves the interpreter from any depth when the run of the loader is over. */
final class BootEnded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  final transient BootOutcome outcome;

  BootEnded(BootOutcome outcome) {
    super(null, null, false, false);
    this.outcome = outcome;
  }
}
