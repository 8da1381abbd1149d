package dev.plugpull.sim.filesystem.squashfs;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** Bounded little-endian reads from the image file; the only place that touches it. */
final class ImageBytes implements AutoCloseable {

  private final SeekableByteChannel channel;
  private final long size;

  ImageBytes(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  /** Length of the file in bytes. */
  long size() {
    return size;
  }

  /**
   * Reads exactly {@code length} bytes.
   *
   * @param what names the thing read, for the message
   * @throws SquashfsException if the range is not wholly inside the file
   */
  ByteBuffer read(long offset, int length, String what) throws IOException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new SquashfsException(
          what + " at byte " + Long.toUnsignedString(offset) + " lies outside the file of " + size
              + " bytes (truncated or corrupt)");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(offset);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
