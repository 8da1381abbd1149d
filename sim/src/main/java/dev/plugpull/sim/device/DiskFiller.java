package dev.plugpull.sim.device;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;

/** Something else on a device that takes all free blocks of a volume, and later gives them back. */
public final class DiskFiller {
  /** The one file that it takes them with; no part of the device. */
  public static final String PATH = "/filler";

  private static final long BLOCK_BYTES = 4096;

  private DiskFiller() {}

  /** Takes what is free now, beside what it has already. */
  public static void fill(LiveVolume volume) {
    long free = volume.space().freeBlocks();
    if (free <= 0) {
      return;
    }
    Content before = volume.tree().content(PATH);
    if (before == null) {
      volume.create(PATH);
    }
    long taken = before == null ? 0 : (before.length() + BLOCK_BYTES - 1) / BLOCK_BYTES;
    volume.write(PATH, Content.opaque("filler", (taken + free) * BLOCK_BYTES));
    volume.fsync(PATH);
    volume.close(PATH);
  }

  /** The volume at rest after it was filled. */
  public static VolumeState filled(VolumeState volume) {
    LiveVolume live = volume.open();
    live.mount();
    fill(live);
    return live.settled();
  }

  /** The volume at rest after it gave back what it took. */
  public static VolumeState freed(VolumeState volume) {
    if (!volume.recovered().exists(PATH)) {
      return volume;
    }
    LiveVolume live = volume.open();
    live.mount();
    live.unlink(PATH);
    live.sync();
    return live.settled();
  }

  /** The tree without what was taken: what the device itself uses. */
  public static Tree without(Tree tree) {
    return tree.without(PATH);
  }
}
