package dev.plugpull.sim.store.vcdiff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Makes deltas, unpacked and with a checksum a window. What is looked for in the source are blocks of {@value #BLOCK}
 * bytes; a match is made as long as it can be.
 */
public final class VcdiffWriter {

  private static final int BLOCK = 16;
  private static final int WINDOW = 1 << 20;
  private static final int PRIME = 0x01000193;
  private static final int TABLE_BITS = 18;
  private static final int ADD = 1;
  private static final int COPY = 19;

  private final byte[] source;
  private final byte[] target;
  /** By hash of a block: where it begins in the source, counted from 1. */
  private final int[] blocks = new int[1 << TABLE_BITS];

  private VcdiffWriter(byte[] source, byte[] target) {
    this.source = source;
    this.target = target;
    for (int at = 0; at + BLOCK <= source.length; at += BLOCK) {
      int slot = slot(source, at);
      if (blocks[slot] == 0) {
        blocks[slot] = at + 1;
      }
    }
  }

  /** A delta that makes the target of the source. */
  public static byte[] delta(byte[] source, byte[] target) {
    VcdiffWriter writer = new VcdiffWriter(source, target);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(VcdiffReader.MAGIC);
    out.write(0);
    for (int from = 0; from < target.length; from += WINDOW) {
      writer.window(from, Math.min(target.length, from + WINDOW), out);
    }
    return out.toByteArray();
  }

  private static int slot(byte[] bytes, int at) {
    int hash = 0;
    for (int i = 0; i < BLOCK; i++) {
      hash = (hash ^ bytes[at + i] & 0xff) * PRIME;
    }
    return hash >>> 32 - TABLE_BITS;
  }

  private void window(int from, int to, ByteArrayOutputStream out) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream codes = new ByteArrayOutputStream();
    ByteArrayOutputStream addresses = new ByteArrayOutputStream();
    int told = from;
    int at = from;
    while (at + BLOCK <= to) {
      int match = blocks[slot(target, at)] - 1;
      int begin = at;
      while (match > 0 && begin > told && source[match - 1] == target[begin - 1]) {
        match--;
        begin--;
      }
      int length = match < 0 ? 0 : same(match, begin, to);
      if (length < BLOCK) {
        at++;
        continue;
      }
      add(told, begin, data, codes);
      codes.write(COPY);
      number(length, codes);
      number(match, addresses);
      told = begin + length;
      at = told;
    }
    add(told, to, data, codes);
    frame(from, to, new byte[][] {data.toByteArray(), codes.toByteArray(), addresses.toByteArray()}, out);
  }

  private int same(int match, int begin, int to) {
    int length = 0;
    while (match + length < source.length && begin + length < to
        && source[match + length] == target[begin + length]) {
      length++;
    }
    return length;
  }

  private void add(int from, int to, ByteArrayOutputStream data, ByteArrayOutputStream codes) {
    if (to > from) {
      codes.write(ADD);
      number(to - from, codes);
      data.writeBytes(Arrays.copyOfRange(target, from, to));
    }
  }

  private void frame(int from, int to, byte[][] sections, ByteArrayOutputStream out) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(to - from, body);
    body.write(0);
    for (byte[] section : sections) {
      number(section.length, body);
    }
    Adler32 sum = new Adler32();
    sum.update(target, from, to - from);
    body.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    for (byte[] section : sections) {
      body.writeBytes(section);
    }
    boolean copies = source.length > 0;
    out.write(VcdiffReader.CHECKED | (copies ? VcdiffReader.FROM_SOURCE : 0));
    if (copies) {
      number(source.length, out);
      number(0, out);
    }
    number(body.size(), out);
    out.writeBytes(body.toByteArray());
  }

  private static void number(int value, ByteArrayOutputStream out) {
    int groups = Math.max(1, (32 - Integer.numberOfLeadingZeros(value) + 6) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      out.write(value >>> 7 * group & 0x7f | (group > 0 ? 0x80 : 0));
    }
  }
}
