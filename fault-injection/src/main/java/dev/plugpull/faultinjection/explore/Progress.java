package dev.plugpull.faultinjection.explore;

/** Hears how a search goes on, between batches of nodes, and may end it. */
@FunctionalInterface
public interface Progress {

  /**
   * Told between two batches.
   *
   * @param counts what was looked at up to now; {@code fixpoint} is false
   * @param waiting durable states that are known and not expanded
   * @return false to end the search here: the result is then partial and says so
   */
  boolean goOn(Counts counts, long waiting);

  /** Never ends a search. */
  static Progress silent() {
    return (counts, waiting) -> true;
  }
}
