package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.RawVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What boots where firmware reads no file of {@code /boot}: sectors that libostree has rewritten after the swap of
 * {@code /boot/loader} (B10). The BLS entries are only what the sectors are made of.
 */
interface BootRecord {
  int SECTOR = 512;
  int PARTITION = 3;

  /** The record of a backend; null if its boot loader reads {@code /boot}. */
  static BootRecord of(OstreeBoard board) {
    return switch (board.backend()) {
      case ZIPL -> new Zipl(board.separateBoot());
      case ABOOT -> new Aboot();
      case GRUB2, NONE, SYSLINUX, UBOOT -> null;
    };
  }

  /** The sectors of a fresh device. */
  byte[] first(BootEntry entry);

  /** The files that belong to them. */
  void installFiles(LiveVolume root, LiveVolume boot, BootEntry entry);

  /** post_bls_sync: makes an entry the one that boots. */
  void rewrite(Machine machine, BootEntry entry);

  /** Firmware, from reset until a kernel starts. */
  BootOutcome boot(BootMachine machine);

  /** The volume of a fresh device. */
  default VolumeState installed(BootEntry entry) {
    return RawVolume.of(1 << 16, DeviceProfile.VIRTIO, first(entry)).at(0, PARTITION).partitionName("boot").state();
  }

  /** Text, filled up with zeros to whole sectors. */
  static byte[] sectors(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(bytes, (bytes.length + SECTOR - 1) / SECTOR * SECTOR);
  }

  /** The text in a number of sectors. */
  static String text(BootVolume disk, int sector, int count) {
    return new String(disk.readRaw((long) sector * SECTOR, count * SECTOR), StandardCharsets.UTF_8)
        .replace("\0", "");
  }

  static BootVolume partition(BootMachine machine, int number) {
    return machine.volumes().stream().filter(v -> v.partition() == number).findFirst().orElseThrow();
  }

  /** Starts what was loaded, or says what could not be loaded. */
  static BootOutcome start(BootVolume volume, String kernel, String initramfs, String commandLine) {
    Content image = volume.read(kernel).orElse(Content.EMPTY);
    Content initrd = volume.read(initramfs).orElse(Content.EMPTY);
    boolean whole = image.length() > 0 && !image.isPart() && initrd.length() > 0 && !initrd.isPart();
    return whole
        ? new BootOutcome.StartKernel(image, kernel, initrd, commandLine)
        : new BootOutcome.Prompt("cannot load " + kernel + " and its initrd");
  }
}
