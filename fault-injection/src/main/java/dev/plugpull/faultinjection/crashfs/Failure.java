package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.BitSet;
import java.util.List;

/**
 * A crash state from which recovery fails.
 *
 * @param start the volume before the run
 * @param depth how many cuts went before the run
 * @param promisedBefore what was promised before the run
 * @param steps the run that was cut
 * @param cutAfter index of the last operation that took place, -1 for none
 * @param lost indices of the operations of which something is lost
 * @param labels the pending writes that are lost, in words, parallel to {@code labelSteps}
 * @param labelSteps the operation that each of {@code labels} comes from
 * @param pending indices of the operations of which something was not yet durable
 * @param promised the last promise before the cut
 * @param thrown what the check threw; null if {@code inRecovery} tells
 * @param inRecovery the failure that a second cut leads to; null if the first cut is enough
 */
record Failure(
    VolumeState start,
    int depth,
    String promisedBefore,
    List<Step> steps,
    int cutAfter,
    BitSet lost,
    List<String> labels,
    List<Integer> labelSteps,
    BitSet pending,
    String promised,
    Throwable thrown,
    Failure inRecovery) {

  /** How much had to be lost, over all cuts. */
  int cost() {
    return labels.size() + (inRecovery == null ? 0 : 1000 + inRecovery.cost());
  }

  Throwable cause() {
    return inRecovery == null ? thrown : inRecovery.cause();
  }
}
