package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.faultinjection.fingerprint.FingerprintMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which states a cut at which durability point can leave: the rows, columns and entries of the crash map. */
final class Cells {
  private final FingerprintMap known = new FingerprintMap(1024);
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
    return known.get(cell, ~cell) >= 0;
  }

  void add(long cell) {
    if (known.add(cell, ~cell)) {
      cells.add(cell);
    }
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
    return known.bytes() + cells.bytes();
  }
}
