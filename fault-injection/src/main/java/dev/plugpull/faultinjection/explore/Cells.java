package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.LossClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which states a cut at which durability point can leave: the rows, columns and entries of the crash map. */
final class Cells {
  /** For each point and loss, the references that are known, as bits: visits go from one reference to a near one. */
  private long[][] known = new long[1024][];
  private final LongList cells = new LongList();
  private final Map<String, Integer> points = new LinkedHashMap<>();

  /** A cell as a number: point below 2^24, loss, and a reference below 2^31. */
  static long pack(int point, LossClass loss, int reference) {
    return (long) point << 36 | (long) loss.ordinal() << 32 | reference;
  }

  static int reference(long cell) {
    return (int) cell;
  }

  static int point(long cell) {
    return (int) (cell >>> 36);
  }

  static LossClass loss(long cell) {
    return LossClass.of((int) (cell >>> 32) & 15);
  }

  static long withPoint(long cell, int point) {
    return cell & 0xFFFFFFFFFL | (long) point << 36;
  }

  static long withReference(long cell, int reference) {
    return cell & ~0xFFFFFFFFL | reference;
  }

  boolean has(long cell) {
    int row = row(cell);
    if (row >= known.length || known[row] == null) {
      return false;
    }
    int word = reference(cell) >>> 6;
    return word < known[row].length && (known[row][word] & 1L << reference(cell)) != 0;
  }

  void add(long cell) {
    if (has(cell)) {
      return;
    }
    cells.add(cell);
    int row = row(cell);
    if (row >= known.length) {
      known = Arrays.copyOf(known, Integer.highestOneBit(row) * 2);
    }
    int word = reference(cell) >>> 6;
    if (known[row] == null || word >= known[row].length) {
      long[] bits = known[row] == null ? new long[0] : known[row];
      known[row] = Arrays.copyOf(bits, Math.max(4, Integer.highestOneBit(word) * 2));
    }
    known[row][word] |= 1L << reference(cell);
  }

  /** Point and loss as one number. */
  private static int row(long cell) {
    return (int) (cell >>> 32);
  }

  /** Number of a point, -1 for one that no boot has reached yet. */
  int number(String point) {
    Integer number = points.get(point);
    return number == null ? -1 : number;
  }

  int numberOrNew(String point) {
    return points.computeIfAbsent(point, name -> points.size());
  }

  List<String> points() {
    return new ArrayList<>(points.keySet());
  }

  int size() {
    return cells.size();
  }

  long get(int index) {
    return cells.get(index);
  }

  long bytes() {
    return 8L * Arrays.stream(known).filter(Objects::nonNull).mapToLong(bits -> bits.length).sum() + cells.bytes();
  }
}
