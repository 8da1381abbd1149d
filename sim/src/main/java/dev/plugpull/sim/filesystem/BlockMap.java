package dev.plugpull.sim.filesystem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which blocks are in use. Freed blocks are counted as free at once but are given out again only after the commit that
 * frees them.
 */
final class BlockMap {
  private final long capacity;
  /** First blocks of the ranges whose place is known, ascending, and how long each is. */
  private long[] starts = new long[16];
  private long[] lengths = new long[16];
  private int ranges;
  private final List<long[]> freed = new ArrayList<>();
  private long used;
  private long waiting;

  BlockMap(long capacity) {
    this.capacity = capacity;
  }

  void clear() {
    ranges = 0;
    freed.clear();
    used = 0;
    waiting = 0;
  }

  /** Blocks free to a program that asks. */
  long free() {
    return capacity - used;
  }

  /** Blocks that can be given out without a commit. */
  long available() {
    return capacity - used - waiting;
  }

  void take(long start, long count) {
    used += count;
    if (start >= 0) {
      place(start, count);
    }
  }

  /** A new range; or the same first block again, with another length. */
  private void place(long start, long count) {
    int at = Arrays.binarySearch(starts, 0, ranges, start);
    if (at < 0) {
      at = -at - 1;
      if (ranges == starts.length) {
        starts = Arrays.copyOf(starts, ranges * 2);
        lengths = Arrays.copyOf(lengths, ranges * 2);
      }
      System.arraycopy(starts, at, starts, at + 1, ranges - at);
      System.arraycopy(lengths, at, lengths, at + 1, ranges - at);
      starts[at] = start;
      ranges++;
    }
    lengths[at] = count;
  }

  private void displace(long start) {
    int at = Arrays.binarySearch(starts, 0, ranges, start);
    if (at >= 0) {
      ranges--;
      System.arraycopy(starts, at + 1, starts, at, ranges - at);
      System.arraycopy(lengths, at + 1, lengths, at, ranges - at);
    }
  }

  private long lengthAt(long start) {
    int at = Arrays.binarySearch(starts, 0, ranges, start);
    return at < 0 ? 0 : lengths[at];
  }

  /** Takes blocks, the lowest that are free; with {@code placing} their place is remembered and returned. */
  long allocate(long count, long after, boolean placing) {
    used += count;
    if (!placing) {
      return -1;
    }
    if (after >= 0) {
      place(after, lengthAt(after) + count);
      return after;
    }
    long at = 0;
    for (int i = 0; i < ranges && starts[i] - at < count; i++) {
      at = Math.max(at, starts[i] + lengths[i]);
    }
    place(at, count);
    return at;
  }

  void free(long start, long count) {
    used -= count;
    waiting += count;
    freed.add(new long[] {start, count});
  }

  /** The commit happened: what was freed can be used again. */
  void release() {
    for (long[] range : freed) {
      displace(range[0]);
    }
    freed.clear();
    waiting = 0;
  }
}
