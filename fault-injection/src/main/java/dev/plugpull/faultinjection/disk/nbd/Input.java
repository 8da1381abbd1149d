package dev.plugpull.faultinjection.disk.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What a client sends, buffered, so that one call of the host brings many small requests. For one thread. */
final class Input {
  private static final int BUFFER_BYTES = 1 << 18;

  private final SocketChannel socket;
  /** Always ready to be read from. */
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();

  Input(SocketChannel socket) {
    this.socket = socket;
  }

  /** The buffer, with at least {@code count} bytes, at most {@link #BUFFER_BYTES} of them in memory. Blocks. */
  ByteBuffer require(int count) throws IOException {
    while (buffer.remaining() < count) {
      buffer.compact();
      try {
        if (socket.read(buffer) < 0) {
          throw new EOFException("the client went away");
        }
      } finally {
        buffer.flip();
      }
    }
    return buffer;
  }

  /** Bytes that are there without waiting. */
  int available() {
    return buffer.remaining();
  }

  /** The buffer as it is; to look ahead. */
  ByteBuffer peek() {
    return buffer;
  }

  /** True if a piece of this size fits into the buffer and need not be copied. */
  static boolean fits(int count) {
    return count <= BUFFER_BYTES;
  }

  /** Fills all that remains of {@code into}. Blocks. */
  void readFully(ByteBuffer into) throws IOException {
    int count = Math.min(buffer.remaining(), into.remaining());
    into.put(buffer.slice(buffer.position(), count));
    buffer.position(buffer.position() + count);
    while (into.hasRemaining()) {
      if (socket.read(into) < 0) {
        throw new EOFException("the client went away");
      }
    }
  }

  /** Throws {@code count} bytes away. Blocks. */
  void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      ByteBuffer some = require(1);
      int step = (int) Math.min(left, some.remaining());
      some.position(some.position() + step);
      left -= step;
    }
  }
}
