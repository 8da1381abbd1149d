package dev.plugpull.faultinjection.fingerprint;

import java.util.Arrays;

/**
 * An open-addressing map from 128-bit fingerprints to small numbers. Used by one thread at a time; several threads may
 * read while none writes. {@link #clear} costs nothing, so one map serves boot after boot.
 */
public final class FingerprintMap {
  /** Three words a slot: both halves of the fingerprint; the generation above the number. One cache line, mostly. */
  private long[] table;
  private int generation = 1;
  private int size;
  private int limit;
  private int mask;

  /** An empty map with room for about {@code expected} entries before it grows. */
  public FingerprintMap(int expected) {
    allocate(Math.max(16, Integer.highestOneBit(Math.max(8, expected)) * 2));
  }

  private void allocate(int capacity) {
    table = new long[capacity * 3];
    mask = capacity - 1;
    limit = capacity / 2;
  }

  /** The number kept for a fingerprint, -1 if there is none. */
  public int get(long hi, long lo) {
    long[] words = table;
    for (int at = slot(hi, lo); ; at = (at + 1) & mask) {
      long kept = words[3 * at + 2];
      if (kept >>> 32 != generation) {
        return -1;
      }
      if (words[3 * at] == hi && words[3 * at + 1] == lo) {
        return (int) kept;
      }
    }
  }

  /** Keeps {@code value} (0 or more) for a new fingerprint and returns -1; returns the number of a known one. */
  public int putIfAbsent(long hi, long lo, int value) {
    int at = slot(hi, lo);
    for (; table[3 * at + 2] >>> 32 == generation; at = (at + 1) & mask) {
      if (table[3 * at] == hi && table[3 * at + 1] == lo) {
        return (int) table[3 * at + 2];
      }
    }
    table[3 * at] = hi;
    table[3 * at + 1] = lo;
    table[3 * at + 2] = (long) generation << 32 | value;
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
    if (++generation == Integer.MAX_VALUE) {
      Arrays.fill(table, 0);
      generation = 1;
    }
  }

  /** Memory of the table. */
  public long bytes() {
    return 8L * table.length;
  }

  private int slot(long hi, long lo) {
    long mixed = (hi ^ Long.rotateLeft(lo, 32)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  private void grow() {
    long[] old = table;
    int live = generation;
    allocate((mask + 1) * 2);
    generation = 1;
    size = 0;
    for (int at = 0; at < old.length; at += 3) {
      if (old[at + 2] >>> 32 == live) {
        putIfAbsent(old[at], old[at + 1], (int) old[at + 2]);
      }
    }
  }
}
