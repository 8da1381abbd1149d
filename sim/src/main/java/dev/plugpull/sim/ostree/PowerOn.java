package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;

/** Firmware and boot loader. */
interface PowerOn {

  /** Runs from reset until a kernel starts, or until nothing more happens. */
  BootOutcome run(BootMachine machine);
}
