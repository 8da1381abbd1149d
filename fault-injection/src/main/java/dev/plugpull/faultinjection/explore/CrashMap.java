package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.LossClass;
import java.util.List;
import java.util.Map;

/**
 * What becomes of the device when power fails: a row for every durability point in the order in which they were first
 * met, a column for every kind of loss.
 */
public record CrashMap(List<Row> rows) {

  public CrashMap {
    rows = List.copyOf(rows);
  }

  /** A durability point. Kinds of loss that cannot happen there are missing. */
  public record Row(String point, Map<LossClass, Cell> cells) {}

  /**
   * What a kind of loss at a point leads to.
   *
   * @param fates how many distinct durable states end in each way; the sum is all that were found
   * @param examples for each way the number of one node
   */
  public record Cell(Map<Fate, Long> fates, Map<Fate, Integer> examples) {}
}
