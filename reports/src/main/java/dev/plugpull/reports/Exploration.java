package dev.plugpull.reports;

/**
 * What an exploration covered.
 *
 * @param durableStates distinct canonical durable states
 * @param crashPoints durable effects at which power was cut
 * @param crashStates states that the medium allows, before canonicalisation
 * @param boots boots that were run
 * @param pruned states not run because a run one answers for them
 * @param boundedWindows windows of pending writes too large to enumerate; above zero, a pass is "within bounds"
 * @param fixpoint whether the queue ran empty
 * @param depth longest chain of cuts
 * @param workUnits numbered units of work done; repeats a run that a budget ended
 * @param seconds wall time; not covered by the digest
 */
public record Exploration(long durableStates, long crashPoints, long crashStates, long boots, long pruned,
    long boundedWindows, boolean fixpoint, long depth, long workUnits, double seconds) {
  public static final Exploration NONE = new Exploration(0, 0, 0, 0, 0, 0, true, 0, 0, 0);

  /** Both explorations together: counts and seconds add up, depth is the larger, a fixpoint needs both. */
  public Exploration plus(Exploration other) {
    return new Exploration(durableStates + other.durableStates, crashPoints + other.crashPoints,
        crashStates + other.crashStates, boots + other.boots, pruned + other.pruned,
        boundedWindows + other.boundedWindows, fixpoint && other.fixpoint, Math.max(depth, other.depth),
        workUnits + other.workUnits, seconds + other.seconds);
  }
}
