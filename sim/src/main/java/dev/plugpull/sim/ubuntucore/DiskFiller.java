package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;

/** Something else on the device that takes all free blocks of the data partition, and later gives them back. */
final class DiskFiller {
  private static final String PATH = "/filler";
  private static final long BLOCK_BYTES = 4096;

  private DiskFiller() {}

  static void fill(LiveVolume data) {
    long free = data.space().freeBlocks();
    if (free > 0 && !data.tree().exists(PATH)) {
      data.create(PATH);
      data.write(PATH, Content.opaque("filler", free * BLOCK_BYTES));
      data.fsync(PATH);
      data.close(PATH);
    }
  }

  /** The tree without what the filler took: what the device itself uses. */
  static Tree without(Tree tree) {
    return tree.without(PATH);
  }

  static VolumeState free(VolumeState data) {
    if (!data.recovered().exists(PATH)) {
      return data;
    }
    LiveVolume live = data.open();
    live.mount();
    live.unlink(PATH);
    live.sync();
    return live.settled();
  }
}
