package dev.plugpull.sim.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which blocks are in use. Freed blocks are counted as free at once but are given out again only after the commit that
 * frees them.
 */
final class BlockMap {
  private final long capacity;
  private final TreeMap<Long, Long> placed = new TreeMap<>();
  private final List<long[]> freed = new ArrayList<>();
  private long used;
  private long waiting;

  BlockMap(long capacity) {
    this.capacity = capacity;
  }

  void clear() {
    placed.clear();
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
      placed.put(start, count);
    }
  }

  /** Takes blocks, the lowest that are free; with {@code placing} their place is remembered and returned. */
  long allocate(long count, long after, boolean placing) {
    used += count;
    if (!placing) {
      return -1;
    }
    if (after >= 0) {
      placed.merge(after, count, Long::sum);
      return after;
    }
    long at = 0;
    for (Map.Entry<Long, Long> range : placed.entrySet()) {
      if (range.getKey() - at >= count) {
        break;
      }
      at = Math.max(at, range.getKey() + range.getValue());
    }
    placed.put(at, count);
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
      placed.remove(range[0]);
    }
    freed.clear();
    waiting = 0;
  }
}
