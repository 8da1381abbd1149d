package dev.plugpull.faultinjection.crash;

import dev.plugpull.sim.filesystem.PendingWindow;
import java.util.Arrays;

/** Sets of pending writes as words, one bit a write. */
final class Bits {
  private Bits() {}

  static int words(int size) {
    return Math.max(1, (size + 63) >>> 6);
  }

  static boolean get(long[] bits, int index) {
    return (bits[index >>> 6] & 1L << index) != 0;
  }

  static void set(long[] bits, int index) {
    bits[index >>> 6] |= 1L << index;
  }

  /** The needs of every write of the window, all of one length. */
  static long[][] needs(PendingWindow window) {
    long[][] needs = new long[window.size()][];
    for (int i = 0; i < needs.length; i++) {
      needs[i] = Arrays.copyOf(window.needsBits(i), words(window.size()));
    }
    return needs;
  }

  /** The chosen writes with everything they need. */
  static long[] withNeeded(long[][] needs, long[] chosen) {
    long[] closed = chosen.clone();
    for (int i = needs.length - 1; i >= 0; i--) {
      if (get(closed, i)) {
        for (int word = 0; word < closed.length; word++) {
          closed[word] |= needs[i][word];
        }
      }
    }
    return closed;
  }

  /** The chosen writes without those that need something not chosen. */
  static long[] withoutNeedy(long[][] needs, long[] chosen) {
    long[] kept = new long[chosen.length];
    for (int i = 0; i < needs.length; i++) {
      if (get(chosen, i) && contains(kept, needs[i])) {
        set(kept, i);
      }
    }
    return kept;
  }

  static boolean contains(long[] set, long[] subset) {
    for (int word = 0; word < subset.length; word++) {
      if ((subset[word] & ~set[word]) != 0) {
        return false;
      }
    }
    return true;
  }
}
