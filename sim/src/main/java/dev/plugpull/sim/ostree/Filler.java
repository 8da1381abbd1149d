package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;

/** Something else on the device that takes all free blocks of the root file system, and later gives them back. */
final class Filler {
  static final String PATH = "/filler";

  private Filler() {}

  static void fill(LiveVolume root) {
    long free = root.space().freeBlocks();
    if (free > 0 && !root.tree().exists(PATH)) {
      root.create(PATH);
      root.write(PATH, Content.opaque("filler", free * OstreeSetup.BLOCK));
      root.fsync(PATH);
      root.close(PATH);
    }
  }

  static Tree without(Tree tree) {
    return tree.without(PATH);
  }

  static VolumeState free(VolumeState root) {
    if (!root.recovered().exists(PATH)) {
      return root;
    }
    LiveVolume live = root.open();
    live.mount();
    live.unlink(PATH);
    live.sync();
    return live.settled();
  }
}
