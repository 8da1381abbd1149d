package dev.plugpull.faultinjection.explore;

import java.util.Arrays;

/** A growing array of numbers. */
final class LongList {
  private long[] values = new long[16];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  long bytes() {
    return 8L * values.length;
  }
}
