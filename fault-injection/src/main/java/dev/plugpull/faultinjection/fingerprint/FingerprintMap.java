package dev.plugpull.faultinjection.fingerprint;

import java.util.Arrays;

/**
 * An open-addressing map from 128-bit fingerprints to small numbers. Used by one thread at a time; several threads may
 * read while none writes. {@link #clear} costs nothing, so one map serves boot after boot.
 */
public final class FingerprintMap {
  private long[] table;
  private int[] values;
  private int[] stamps;
  private int generation = 1;
  private int size;
  private int limit;
  private int mask;

  /** An empty map with room for about {@code expected} entries before it grows. */
  public FingerprintMap(int expected) {
    allocate(Math.max(16, Integer.highestOneBit(Math.max(8, expected)) * 2));
  }

  private void allocate(int capacity) {
    table = new long[capacity * 2];
    values = new int[capacity];
    stamps = new int[capacity];
    mask = capacity - 1;
    limit = capacity / 2;
  }

  /** The number kept for a fingerprint, -1 if there is none. */
  public int get(long hi, long lo) {
    for (int at = slot(hi, lo); stamps[at] == generation; at = (at + 1) & mask) {
      if (table[2 * at] == hi && table[2 * at + 1] == lo) {
        return values[at];
      }
    }
    return -1;
  }

  /** Keeps {@code value} (0 or more) for a new fingerprint and returns -1; returns the number of a known one. */
  public int putIfAbsent(long hi, long lo, int value) {
    int at = slot(hi, lo);
    for (; stamps[at] == generation; at = (at + 1) & mask) {
      if (table[2 * at] == hi && table[2 * at + 1] == lo) {
        return values[at];
      }
    }
    table[2 * at] = hi;
    table[2 * at + 1] = lo;
    values[at] = value;
    stamps[at] = generation;
    if (++size > limit) {
      grow();
    }
    return -1;
  }

  /** True if the fingerprint was not in the map, which holds it now. */
  public boolean add(long hi, long lo) {
    return putIfAbsent(hi, lo, 0) < 0;
  }

  public int size() {
    return size;
  }

  /** Forgets every entry. */
  public void clear() {
    size = 0;
    if (++generation == 0) {
      Arrays.fill(stamps, 0);
      generation = 1;
    }
  }

  /** Memory of the table. */
  public long bytes() {
    return 24L * values.length;
  }

  private int slot(long hi, long lo) {
    long mixed = (hi ^ Long.rotateLeft(lo, 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private void grow() {
    long[] oldTable = table;
    int[] oldValues = values;
    int[] oldStamps = stamps;
    int live = generation;
    allocate(oldValues.length * 2);
    generation = 1;
    size = 0;
    for (int i = 0; i < oldValues.length; i++) {
      if (oldStamps[i] == live) {
        putIfAbsent(oldTable[2 * i], oldTable[2 * i + 1], oldValues[i]);
      }
    }
  }
}
