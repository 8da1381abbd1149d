package dev.plugpull.sim.media;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A 128-bit fingerprint of a piece of durable state.
 *
 * <p>Fingerprints of independent parts are combined with {@link #plus}, which is commutative, so that a change of one
 * part of a large state costs one subtraction and one addition. Not a cryptographic hash: it identifies states of one
 * exploration, never content that an adversary chose.
 */
public record Hash128(long hi, long lo) implements Comparable<Hash128> {

  public static final Hash128 ZERO = new Hash128(0, 0);

  private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Fingerprint of a text, stable over runs and machines. */
  public static Hash128 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Fingerprint of bytes, stable over runs and machines. */
  public static Hash128 of(byte[] bytes) {
    long a = 0x9E3779B97F4A7C15L ^ bytes.length;
    long b = 0xC2B2AE3D27D4EB4FL + bytes.length;
    int i = 0;
    for (; i + 8 <= bytes.length; i += 8) {
      long word = (long) WORDS.get(bytes, i);
      a = mix(a ^ word);
      b = mix(b + word * 0x165667B19E3779F9L);
    }
    long tail = word(bytes, i, bytes.length - i);
    return new Hash128(mix(a ^ tail), mix(b + tail * 0x165667B19E3779F9L));
  }

  /** The commutative combination: the fingerprint of both parts together. */
  public Hash128 plus(Hash128 other) {
    return new Hash128(hi + other.hi, lo + other.lo);
  }

  /** Takes a part out again: {@code a.plus(b).minus(b)} equals {@code a}. */
  public Hash128 minus(Hash128 other) {
    return new Hash128(hi - other.hi, lo - other.lo);
  }

  /** The ordered combination: {@code a.then(b)} differs from {@code b.then(a)}. */
  public Hash128 then(Hash128 other) {
    return new Hash128(
        mix(hi * 0x9E3779B97F4A7C15L + other.hi), mix(lo * 0xC2B2AE3D27D4EB4FL + other.lo + 0x27D4EB2F165667C5L));
  }

  /** A bijective 64-bit finaliser (the constants of SplitMix64). */
  public static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  private static long word(byte[] bytes, int offset, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[offset + i] & 0xFFL) << (8 * i);
    }
    return word;
  }

  @Override
  public int compareTo(Hash128 other) {
    int high = Long.compareUnsigned(hi, other.hi);
    return high != 0 ? high : Long.compareUnsigned(lo, other.lo);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(hi) + hex.toHexDigits(lo);
  }
}
