package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.Uboot;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;

/** A board whose U-Boot runs the vendor's boot script. */
public final class UbootPowerOn implements PowerOn {
  private final Uboot uboot;

  public UbootPowerOn(UbootBoard board) {
    this.uboot = new Uboot(board);
  }

  /** What was built into it. */
  public UbootBoard board() {
    return uboot.board();
  }

  @Override
  public BootOutcome run(BootMachine machine) {
    return uboot.powerOn(machine).outcome();
  }
}
