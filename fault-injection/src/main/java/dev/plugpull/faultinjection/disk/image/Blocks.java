package dev.plugpull.faultinjection.disk.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The 4096-byte blocks in which overlays and states keep their differences from the base. */
final class Blocks {
  static final int SHIFT = 12;
  static final int BYTES = 1 << SHIFT;
  /** Most zero bytes that {@link #zeros} hands out. */
  static final int ZEROS = 1 << 18;

  private static final ByteBuffer ZERO_BYTES = ByteBuffer.allocateDirect(ZEROS).asReadOnlyBuffer();

  private Blocks() {}

  /** A fresh view of {@code length} zero bytes, at most {@link #ZEROS}. */
  static ByteBuffer zeros(int length) {
    return ZERO_BYTES.slice(0, length);
  }

  static long count(long size) {
    return (size + BYTES - 1) >>> SHIFT;
  }

  /** Bytes of block {@code index} that lie on a disk of {@code size} bytes. */
  static int length(long index, long size) {
    return (int) Math.min(BYTES, size - (index << SHIFT));
  }

  static boolean isZero(ByteBuffer bytes) {
    return bytes.mismatch(zeros(bytes.remaining())) < 0;
  }

  /** Finds zeros by reading: the longest run of one kind from {@code offset}, in steps that end at block boundaries. */
  static Extent scan(DiskImage image, long offset, long limit) throws IOException {
    ByteBuffer step = ByteBuffer.allocate(BYTES);
    long end = Math.min(image.size(), offset + limit);
    Boolean zero = null;
    long at = offset;
    while (at < end) {
      int length = (int) Math.min(BYTES - (at & (BYTES - 1)), end - at);
      image.read(at, step.clear().limit(length));
      boolean stepZero = isZero(step.flip());
      if (zero == null) {
        zero = stepZero;
      } else if (zero != stepZero) {
        break;
      }
      at += length;
    }
    return new Extent(at - offset, Boolean.TRUE.equals(zero) ? Extent.Kind.ZERO : Extent.Kind.DATA);
  }
}
