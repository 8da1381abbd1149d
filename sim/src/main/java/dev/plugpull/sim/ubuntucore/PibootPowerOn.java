package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.piboot.PiFirmware;

/** A Raspberry Pi whose firmware starts the kernel itself (UC20 and later). */
public final class PibootPowerOn implements PowerOn {
  private final PiFirmware firmware;

  /**
   * A board.
   *
   * @param seedPartition number of ubuntu-seed
   * @param model the filter of {@code config.txt} that names the board's model, such as {@code pi4}
   */
  public PibootPowerOn(int seedPartition, String model) {
    this.firmware = new PiFirmware(seedPartition, model);
  }

  @Override
  public BootOutcome run(BootMachine machine) {
    return firmware.run(machine);
  }
}
