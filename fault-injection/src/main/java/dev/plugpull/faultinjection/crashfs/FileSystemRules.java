package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.Btrfs;
import dev.plugpull.sim.filesystem.Ext4;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.filesystem.WeakestPosix;
import dev.plugpull.sim.filesystem.Xfs;

/**
 * The file system whose rules decide what a power cut may take.
 *
 * @param name for people, such as {@code ext4}
 * @param empty the freshly formatted volume
 */
public record FileSystemRules(String name, VolumeState empty) {
  private static final long BYTES = 4L << 30;

  /** ext4 with its default options: ordered data, delayed allocation, auto_da_alloc. */
  public static FileSystemRules ext4() {
    return new FileSystemRules("ext4", Ext4.format("crash").size(BYTES).state());
  }

  public static FileSystemRules xfs() {
    return new FileSystemRules("XFS", Xfs.format("crash").size(BYTES).state());
  }

  public static FileSystemRules btrfs() {
    return new FileSystemRules("btrfs", Btrfs.format("crash").size(BYTES).state());
  }

  /** FAT as Linux' vfat writes it: no links, names without case. */
  public static FileSystemRules fat() {
    return new FileSystemRules("FAT", Fat.format("crash").size(BYTES).state());
  }

  /** The weakest file system that POSIX allows: what is safe here is safe everywhere. */
  public static FileSystemRules weakestPosix() {
    return new FileSystemRules("weakest POSIX", WeakestPosix.format("crash").size(BYTES).state());
  }

  /** A volume formatted with options of one's own. */
  public static FileSystemRules of(String name, VolumeState formatted) {
    return new FileSystemRules(name, formatted);
  }
}
