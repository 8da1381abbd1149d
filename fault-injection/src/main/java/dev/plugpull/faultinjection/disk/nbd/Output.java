package dev.plugpull.faultinjection.disk.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Answers on their way to a client, gathered so that one call of the host sends many. For one thread. */
final class Output {
  static final int BUFFER_BYTES = 1 << 18;

  private final SocketChannel socket;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  Output(SocketChannel socket) {
    this.socket = socket;
  }

  /** The buffer with room for {@code count} more bytes, sent first if it is full. */
  ByteBuffer room(int count) throws IOException {
    if (buffer.remaining() < count) {
      flush();
    }
    return buffer;
  }

  void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        socket.write(buffer);
      }
    } finally {
      buffer.clear();
    }
  }
}
