package dev.plugpull.faultinjection.disk.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The content of one disk, addressed in bytes. Safe for several threads; overlapping writes of two threads at once
 * leave each 4096-byte block with one of the two.
 *
 * <p>Callers keep {@code 0 <= offset} and {@code offset + length <= size()}; anything else is an {@link
 * IndexOutOfBoundsException}.
 */
public interface DiskImage extends AutoCloseable {

  /** Length of the disk, in bytes. Never changes. */
  long size();

  /** True if {@link #write} and {@link #zero} are refused with {@link UnsupportedOperationException}. */
  boolean readOnly();

  /** Fills all that remains of {@code into} with the bytes from {@code offset} on. */
  void read(long offset, ByteBuffer into) throws IOException;

  /** Writes all that remains of {@code from}. Partial effect if it throws. */
  void write(long offset, ByteBuffer from) throws IOException;

  /** Makes {@code length} bytes read as zero. */
  void zero(long offset, long length) throws IOException;

  /** Makes what was written survive a crash of the host, where the image itself shall survive it. */
  void flush() throws IOException;

  /** What stands at {@code offset}, and for how many bytes, at least 1 and at most {@code limit}. */
  Extent extent(long offset, long limit) throws IOException;

  @Override
  void close() throws IOException;

  /** Throws {@link IndexOutOfBoundsException} unless the range lies in a disk of {@code size} bytes. */
  static void checkRange(long offset, long length, long size) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(
          "bytes %d to %d are not on a disk of %d bytes".formatted(offset, offset + length, size));
    }
  }
}
