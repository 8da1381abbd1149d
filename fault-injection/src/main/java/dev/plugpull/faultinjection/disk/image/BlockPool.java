package dev.plugpull.faultinjection.disk.image;

import java.lang.ref.WeakReference;
import java.util.WeakHashMap;

/**
 * Blocks by content, so that thousands of crash states which share a recording keep one copy of each block. Blocks that
 * no state uses any longer are forgotten by themselves. Safe for several threads.
 */
final class BlockPool {
  private final WeakHashMap<Block, WeakReference<Block>> blocks = new WeakHashMap<>();

  /** The one block with this content; takes the array over. */
  Block intern(byte[] bytes) {
    Block fresh = new Block(bytes);
    synchronized (blocks) {
      WeakReference<Block> known = blocks.get(fresh);
      Block block = known == null ? null : known.get();
      if (block == null) {
        blocks.put(fresh, new WeakReference<>(fresh));
        block = fresh;
      }
      return block;
    }
  }

  /** Distinct blocks in use, about: dead ones leave late. */
  int size() {
    synchronized (blocks) {
      return blocks.size();
    }
  }
}
