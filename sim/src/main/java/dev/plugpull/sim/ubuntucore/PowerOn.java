package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;

/** What runs between power-on and the kernel: firmware and boot loaders with their scripts. */
public interface PowerOn {

  /** Runs until a kernel is started or the machine resets or stops. {@code Chainload} is never the answer. */
  BootOutcome run(BootMachine machine);
}
