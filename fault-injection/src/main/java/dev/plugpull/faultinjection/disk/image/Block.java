package dev.plugpull.faultinjection.disk.image;

import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/** The immutable content of one block, known by its fingerprint. Equal content is one object within one pool. */
final class Block {
  private final byte[] bytes;
  private final Hash128 hash;

  /** Takes the array over. */
  Block(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Hash128.of(bytes);
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  Hash128 hash() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Block block && hash.equals(block.hash) && Arrays.equals(bytes, block.bytes);
  }

  @Override
  public int hashCode() {
    return (int) hash.lo();
  }
}
