package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;

/** Something else on the device that takes all free blocks of a partition, and later gives them back. */
final class DiskFiller {
  private static final String PATH = "/filler";
  private static final long BLOCK_BYTES = 4096;

  private DiskFiller() {}

  static void fill(LiveVolume volume) {
    long free = volume.space().freeBlocks();
    if (free > 0 && !volume.tree().exists(PATH)) {
      volume.create(PATH);
      volume.write(PATH, Content.opaque("filler", free * BLOCK_BYTES));
      volume.fsync(PATH);
      volume.close(PATH);
    }
  }

  static VolumeState filled(VolumeState volume) {
    LiveVolume live = volume.open();
    live.mount();
    fill(live);
    return live.settled();
  }

  /** The tree without what the filler took: what the device itself uses. */
  static Tree without(Tree tree) {
    return tree.without(PATH);
  }

  static VolumeState free(VolumeState volume) {
    if (!volume.recovered().exists(PATH)) {
      return volume;
    }
    LiveVolume live = volume.open();
    live.mount();
    live.unlink(PATH);
    live.sync();
    return live.settled();
  }
}
