package dev.plugpull.faultinjection.disk.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of encoded entries: one byte of kind, then numbers of 7 bits a byte, texts and data by length. */
final class RecordBuffer {
  static final int ISSUED = 1;
  static final int COMPLETED = 2;
  static final int MARK = 3;
  static final int NOTE = 4;
  static final int POWER_CUT = 5;
  static final int END = 6;

  static final int FUA = 1;
  static final int LIED = 1;

  private byte[] bytes = new byte[1 << 16];
  private int length;

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  void clear() {
    length = 0;
    if (bytes.length > 1 << 20) {
      bytes = new byte[1 << 16];
    }
  }

  void issued(int device, int connection, Operation operation, boolean fua, long offset, long size, ByteBuffer data) {
    put(ISSUED);
    number(device);
    number(connection);
    put(operation.ordinal());
    put(fua ? FUA : 0);
    number(offset);
    number(size);
    if (operation == Operation.WRITE) {
      int count = data.remaining();
      room(count);
      data.duplicate().get(bytes, length, count);
      length += count;
    }
  }

  void completed(long request, int error, boolean lied) {
    put(COMPLETED);
    number(request);
    number(error);
    put(lied ? LIED : 0);
  }

  void text(int kind, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(kind);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  void end(long entries) {
    put(END);
    number(entries);
  }

  private void put(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  private void number(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      put((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    put((int) left);
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
