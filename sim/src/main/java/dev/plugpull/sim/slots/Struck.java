package dev.plugpull.sim.slots;

import dev.plugpull.sim.device.Interruption;

/** Something struck the machine at a crash point; unwinds to the boot loop. */
final class Struck extends RuntimeException {
  private static final long serialVersionUID = 1;
  final transient Interruption by;

  Struck(Interruption by) {
    super(by.name(), null, false, false);
    this.by = by;
  }
}
