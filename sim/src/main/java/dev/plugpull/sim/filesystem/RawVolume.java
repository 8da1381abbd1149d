package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.DeviceProfile;

/**
 * A partition or disk without a file system: raw sectors behind a volatile write cache.
 *
 * <p>A flush makes durable what was written before it was issued; what was written later survives as any subset of
 * atomic units. While a kernel runs, writes go to its page cache first and are accepted by the device only at an
 * fsync of
 * the block device.
 */
public final class RawVolume {
  private final long size;
  private final DeviceProfile profile;
  private final byte[] initial;
  private Identity identity = new Identity("none", "", "", "", 0, 1);

  private RawVolume(long size, DeviceProfile profile, byte[] initial) {
    this.size = size;
    this.profile = profile;
    this.initial = initial.clone();
  }

  /**
   * A raw volume.
   *
   * @param size in bytes
   * @param initial its first bytes; zeros follow
   */
  public static RawVolume of(long size, DeviceProfile profile, byte[] initial) {
    if (size < initial.length) {
      throw new IllegalArgumentException(
          "cannot make a raw volume of " + size + " bytes: it begins with " + initial.length);
    }
    return new RawVolume(size, profile, initial);
  }

  /** Disk (from 0) and partition (from 1; 0 for the whole disk). */
  public RawVolume at(int disk, int partition) {
    identity = identity.at(disk, partition);
    return this;
  }

  /** GPT name of the partition. */
  public RawVolume partitionName(String name) {
    identity = identity.named(name);
    return this;
  }

  public VolumeState state() {
    RawState empty = RawState.empty(identity, profile, size);
    return initial.length == 0 ? empty : empty.with(0, initial);
  }
}
