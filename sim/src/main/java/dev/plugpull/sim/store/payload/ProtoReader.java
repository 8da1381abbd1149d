package dev.plugpull.sim.store.payload;

import java.util.Arrays;

/** Walks the fields of one message. Unknown fields are skipped, as protocol buffers want it. */
final class ProtoReader {

  private final byte[] bytes;
  private int at;
  private int kind;

  ProtoReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The number of the next field, 0 at the end. Its value must then be read or skipped. */
  int field() throws PayloadException {
    if (at == bytes.length) {
      return 0;
    }
    long tag = varint();
    kind = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 1 << 29) {
      throw defect();
    }
    return (int) field;
  }

  long number() throws PayloadException {
    require(0);
    return varint();
  }

  byte[] bytes() throws PayloadException {
    require(2);
    long length = varint();
    if (length < 0 || length > bytes.length - at) {
      throw defect();
    }
    at += (int) length;
    return Arrays.copyOfRange(bytes, at - (int) length, at);
  }

  void skip() throws PayloadException {
    switch (kind) {
      case 0 -> varint();
      case 1 -> forward(8);
      case 2 -> bytes();
      case 5 -> forward(4);
      default -> throw defect();
    }
  }

  private void forward(int count) throws PayloadException {
    if (count > bytes.length - at) {
      throw defect();
    }
    at += count;
  }

  private void require(int wanted) throws PayloadException {
    if (kind != wanted) {
      throw defect();
    }
  }

  private long varint() throws PayloadException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == bytes.length) {
        throw defect();
      }
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw defect();
  }

  private static PayloadException defect() {
    return new PayloadException(PayloadException.Code.DOWNLOAD_MANIFEST_PARSE_ERROR,
        "the manifest is no protocol buffer");
  }
}
