package dev.plugpull.faultinjection.disk.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One byte a block, 0 until set; memory only for regions in use. A set mark publishes what was written before it. */
final class BlockMarks {
  private static final int SHIFT = 15;
  private static final int CHUNK = 1 << SHIFT;
  private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(byte[].class);

  private final long blocks;
  private final AtomicReferenceArray<byte[]> chunks;

  BlockMarks(long blocks) {
    this.blocks = blocks;
    this.chunks = new AtomicReferenceArray<>(Math.toIntExact((blocks + CHUNK - 1) >>> SHIFT));
  }

  byte get(long block) {
    byte[] chunk = chunks.get((int) (block >>> SHIFT));
    return chunk == null ? 0 : (byte) MARK.getAcquire(chunk, (int) (block & (CHUNK - 1)));
  }

  void set(long block, long count, byte mark) {
    for (long b = block; b < block + count; b++) {
      MARK.setRelease(chunk((int) (b >>> SHIFT)), (int) (b & (CHUNK - 1)), mark);
    }
  }

  private byte[] chunk(int index) {
    byte[] chunk = chunks.get(index);
    if (chunk == null) {
      chunks.compareAndSet(index, null, new byte[CHUNK]);
      chunk = chunks.get(index);
    }
    return chunk;
  }

  /** The first marked block at or after {@code from}; -1 if there is none. */
  long next(long from) {
    for (long block = from; block < blocks; block++) {
      byte[] chunk = chunks.get((int) (block >>> SHIFT));
      if (chunk == null) {
        block |= CHUNK - 1;
      } else if ((byte) MARK.getAcquire(chunk, (int) (block & (CHUNK - 1))) != 0) {
        return block;
      }
    }
    return -1;
  }
}
