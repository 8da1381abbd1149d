package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootOutcome;

/** Leaves the interpreter with an outcome, from however deep inside a script. */
final class BootEnd extends RuntimeException {
  private static final long serialVersionUID = 1;

  final transient BootOutcome outcome;

  BootEnd(BootOutcome outcome) {
    super(null, null, false, false);
    this.outcome = outcome;
  }
}
