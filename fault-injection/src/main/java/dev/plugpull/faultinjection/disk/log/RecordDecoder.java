package dev.plugpull.faultinjection.disk.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes entries out of one decompressed frame. Everything it meets may be nonsense. */
final class RecordDecoder {
  private final LogHeader header;
  private final byte[] bytes;
  private int at;

  RecordDecoder(LogHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
  }

  boolean more() {
    return at < bytes.length;
  }

  /**
   * The next entry, which has the given position; null for the end record.
   *
   * @throws BadRecordException if there is none
   */
  LogEntry next(long position) {
    int kind = take();
    return switch (kind) {
      case RecordBuffer.ISSUED -> issued();
      case RecordBuffer.COMPLETED -> completed(position);
      case RecordBuffer.MARK -> new LogEntry.Mark(text());
      case RecordBuffer.NOTE -> new LogEntry.Note(text());
      case RecordBuffer.POWER_CUT -> new LogEntry.PowerCut(text());
      case RecordBuffer.END -> end(position);
      default -> throw new BadRecordException("record kind " + kind + " is unknown");
    };
  }

  private LogEntry end(long position) {
    long entries = number();
    if (entries != position) {
      throw new BadRecordException("the end record counts " + entries + " entries, but " + position + " were read");
    }
    return null;
  }

  private LogEntry issued() {
    long device = number();
    if (device < 0 || device >= header.devices().size()) {
      throw new BadRecordException("disk " + device + " is not in the header");
    }
    long connection = number();
    Operation operation = Operation.of(take());
    boolean fua = (take() & RecordBuffer.FUA) != 0;
    long offset = number();
    long length = number();
    long size = header.devices().get((int) device).size();
    if (offset < 0 || length < 0 || offset > size - length || connection < 0 || connection > Integer.MAX_VALUE) {
      throw new BadRecordException("range " + offset + "+" + length + " is not on a disk of " + size + " bytes");
    }
    byte[] data = operation == Operation.WRITE ? bytes(length) : new byte[0];
    return new LogEntry.Issued((int) device, (int) connection, operation, fua, offset, length, data);
  }

  private LogEntry completed(long position) {
    long request = number();
    long error = number();
    boolean lied = (take() & RecordBuffer.LIED) != 0;
    if (request < 0 || request >= position || error < 0 || error > Integer.MAX_VALUE) {
      throw new BadRecordException("an answer to entry " + request + " cannot stand at " + position);
    }
    return new LogEntry.Completed(request, (int) error, lied);
  }

  private String text() {
    return new String(bytes(number()), StandardCharsets.UTF_8);
  }

  private byte[] bytes(long count) {
    if (count < 0 || count > bytes.length - at) {
      throw new BadRecordException("a record of " + count + " bytes reaches over the end of its frame");
    }
    at += (int) count;
    return Arrays.copyOfRange(bytes, at - (int) count, at);
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = take();
      value |= (long) (next & 0x7F) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new BadRecordException("a number is longer than 64 bits");
  }

  private int take() {
    if (at >= bytes.length) {
      throw new BadRecordException("a record reaches over the end of its frame");
    }
    return bytes[at++] & 0xFF;
  }
}
