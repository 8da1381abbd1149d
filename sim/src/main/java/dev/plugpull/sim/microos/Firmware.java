package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import java.util.List;

/** The machine as GRUB sees it: one btrfs partition whose root is the default subvolume. */
final class Firmware implements BootMachine {
  private final Boot boot;
  private final BootVolume root;

  Firmware(Boot boot) {
    this.boot = boot;
    this.root = new DefaultSubvolume(boot.volume.boot());
  }

  @Override
  public List<? extends BootVolume> volumes() {
    return List.of(root);
  }

  @Override
  public void wrote(String point, String where, String what) {
    boot.machine.step(what, where);
    boot.point("G1", boot.machine.tracing() ? what : "");
  }

  @Override
  public void said(String where, String what) {
    boot.machine.step(what, where);
  }
}
