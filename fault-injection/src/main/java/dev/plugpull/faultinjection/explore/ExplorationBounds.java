package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.CrashLimits;

/**
 * How far an exploration goes and with how many hands.
 *
 * @param crash bounds of the crash-state enumeration
 * @param workUnits most nodes that are expanded; the search is then unfinished
 * @param threads workers; the result does not depend on it
 * @param reconcileEvery every so manieth node is booted twice more and compared event by event; 0 for none
 * @param wholeBoots true if every boot is run to its end, also behind a moment at which another one was before
 */
public record ExplorationBounds(
    CrashLimits crash, long workUnits, int threads, int reconcileEvery, boolean wholeBoots) {

  public static final ExplorationBounds DEFAULT =
      new ExplorationBounds(CrashLimits.DEFAULT, Long.MAX_VALUE, 1, 0, false);

  public ExplorationBounds {
    if (workUnits < 0 || threads < 1 || reconcileEvery < 0) {
      throw new IllegalArgumentException("cannot explore: need workUnits >= 0, threads >= 1, reconcileEvery >= 0");
    }
  }

  public ExplorationBounds withThreads(int count) {
    return new ExplorationBounds(crash, workUnits, count, reconcileEvery, wholeBoots);
  }

  public ExplorationBounds withWorkUnits(long most) {
    return new ExplorationBounds(crash, most, threads, reconcileEvery, wholeBoots);
  }

  public ExplorationBounds withCrash(CrashLimits limits) {
    return new ExplorationBounds(limits, workUnits, threads, reconcileEvery, wholeBoots);
  }

  public ExplorationBounds reconciling(int every) {
    return new ExplorationBounds(crash, workUnits, threads, every, wholeBoots);
  }

  /** The twin that runs every boot to its end. */
  public ExplorationBounds withWholeBoots() {
    return new ExplorationBounds(crash, workUnits, threads, reconcileEvery, true);
  }
}
