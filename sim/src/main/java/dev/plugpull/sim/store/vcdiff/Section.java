package dev.plugpull.sim.store.vcdiff;

import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of a delta that are read one after the other. */
final class Section {

  private final byte[] bytes;
  private int at;

  Section(byte[] bytes) {
    this.bytes = bytes;
  }

  int left() {
    return bytes.length - at;
  }

  int next() throws TrustException {
    return take(1)[0] & 0xff;
  }

  byte[] take(int count) throws TrustException {
    if (count < 0 || count > left()) {
      throw defect("it ends early");
    }
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  /** A number in groups of seven bits, the most significant first. */
  int number() throws TrustException {
    long value = 0;
    for (int digits = 0; digits < 5; digits++) {
      int next = next();
      value = value << 7 | next & 0x7f;
      if (next < 0x80) {
        if (value > Integer.MAX_VALUE) {
          break;
        }
        return (int) value;
      }
    }
    throw defect("a number above 2^31");
  }

  /** Four bytes, the most significant first. */
  long fixed() throws TrustException {
    return ByteBuffer.wrap(take(4)).getInt() & 0xffffffffL;
  }

  static TrustException defect(String why) {
    return new TrustException(Defect.FORMAT, "cannot apply delta: " + why);
  }
}
