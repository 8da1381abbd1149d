package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.DeviceProfile;

/**
 * btrfs: the last committed transaction plus a log of what was fsynced since. An fsync persists only what it needs; a
 * loader reads the last superblock and sees nothing of the log.
 *
 * <p>Copy on write and checksums: a data block is old or new, never a mixture. A boot loader cannot overwrite a
 * file; it
 * has a block of its own at 256 KiB instead, reached as raw bytes. Files without copy on write are not modelled.
 */
public final class Btrfs extends Formatter<Btrfs> {
  static final long RESERVED_BYTES = 1 << 20;

  private Btrfs(String label) {
    super("btrfs", label);
  }

  public static Btrfs format(String label) {
    return new Btrfs(label);
  }

  /** What a boot loader reads of a btrfs volume: the last commit, without the log. */
  public static Tree committed(VolumeState volume) {
    return ((BtrfsState) volume).committed();
  }

  /** A subvolume; what stands below its path lies in it. */
  public Btrfs withSubvolume(String path, boolean readOnly) {
    withDirectory(path);
    return withSymlink(readOnly ? SubvolumeTree.READ_ONLY : "rw", SubvolumeTree.entry(path));
  }

  /** The subvolume that a mount takes when nobody names one. */
  public Btrfs withDefault(String path) {
    return withSymlink(path, SubvolumeTree.DEFAULT);
  }

  @Override
  Btrfs self() {
    return this;
  }

  @Override
  public VolumeState state() {
    Tree tree = BtrfsState.numbered(tree());
    RawState reserved = RawState.empty(identity(), DeviceProfile.VIRTIO, RESERVED_BYTES);
    long blocks = (bytes() - RESERVED_BYTES) / JournalVolume.BLOCK_BYTES;
    return new BtrfsState(new BtrfsState.Format(identity(), blocks), tree, tree, reserved);
  }
}
