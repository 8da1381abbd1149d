package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an installation makes of the partitions that it removes first.
 *
 * @param boot ubuntu-boot with the gadget's content, but the boot configuration that snapd manages; {@code boot.sel},
 *     which snapd leaves to the gadget, is an empty environment
 * @param data ubuntu-data, empty
 * @param save ubuntu-save, empty
 * @param noBoot no ubuntu-boot: a partition without a label that anybody looks for
 * @param noData no ubuntu-data
 * @param noSave no ubuntu-save
 * @param managedConfig {@code grub.cfg} of ubuntu-boot if snapd manages it, null if the gadget brings it
 */
record Fresh(VolumeState boot, VolumeState data, VolumeState save, VolumeState noBoot, VolumeState noData,
    VolumeState noSave, Content managedConfig) {
  static final String CONFIG = "/EFI/ubuntu/grub.cfg";
  private static final long BOOT_BYTES = 64L << 20;
  private static final int BOOT_NUMBER = 12;
  private static final long SAVE_BYTES = 32L << 20;

  /**
   * What an installation makes of this board.
   *
   * @throws IllegalArgumentException if its series has no modes
   */
  static Fresh of(CoreBoard board) {
    if (!board.series().hasModeenv()) {
      throw new IllegalArgumentException("cannot leave run mode: Ubuntu Core before 20 has no other");
    }
    CoreBoard.Partition boot = ubuntuBoot(board);
    SortedMap<String, Content> files = new TreeMap<>(boot.files());
    Content config = files.remove(CONFIG);
    switch (board.loader()) {
      // The folder of the configuration is there, also if nothing else is in it.
      case GRUB -> files.put("/EFI/ubuntu/none", Content.EMPTY);
      case UBOOT_FILE -> files.put(Installer.BOOT_SEL, Content.of(
          new UbootFormat(board.flagByte()).encode(new TreeMap<>(), new byte[board.environmentBytes()])));
      case UBOOT_RAW -> files.put(Installer.UBOOT_FOLDER + "/none", Content.EMPTY);
      case PIBOOT, LK, ANDROID -> {
        // nothing of the loader's lies there
      }
    }
    var content = new CoreBoard.Partition(boot.label(), boot.type(), boot.bytes(), boot.number(), files);
    return new Fresh(Installer.formatter(content, board.medium()).state(),
        Installer.ext4("ubuntu-data", board.medium()).size(board.dataBytes()).at(0, 10).state(),
        emptySave(board.medium()).state(),
        absent(boot.bytes(), boot.number()), absent(board.dataBytes(), 10), absent(SAVE_BYTES, 11), config);
  }

  /** The board's partition, or a plain one where its loader keeps nothing on it. */
  static CoreBoard.Partition ubuntuBoot(CoreBoard board) {
    return board.boot() != null ? board.boot()
        : new CoreBoard.Partition("ubuntu-boot", "ext4", BOOT_BYTES, BOOT_NUMBER, new TreeMap<>());
  }

  private static Ext4 emptySave(DeviceProfile medium) {
    return Installer.ext4("ubuntu-save", medium).size(SAVE_BYTES).at(0, 11);
  }

  private static VolumeState absent(long bytes, int number) {
    return Ext4.format("absent").bootReadable(true).size(bytes).at(0, number).state();
  }

  /** ubuntu-save of a device that was registered. */
  static VolumeState registered(DeviceProfile medium) {
    return emptySave(medium).with(InstallMode.SERIAL, Content.opaque("serial", 2000)).state();
  }
}
