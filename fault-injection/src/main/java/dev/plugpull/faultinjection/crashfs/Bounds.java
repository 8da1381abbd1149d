package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.faultinjection.crash.CrashLimits;

/**
 * How far a search goes.
 *
 * @param states most crash states of the workload in all; a long workload gets fewer at each point
 * @param recoveryDepth how many power cuts during recovery may follow the first cut
 * @param cureStates most states looked at for each cure that is tried
 */
record Bounds(long states, int recoveryDepth, long cureStates) {
  static final Bounds DEFAULT = new Bounds(2_000_000, 1, 20_000);
  private static final int LONG_RUN = 2000;

  /** Pending writes that are free to be lost when there are more; the older ones count as persisted then. */
  int recent(int steps) {
    return steps <= LONG_RUN ? 192 : 48;
  }

  /** As {@link #recent}, where something was promised: there an old write that was never forced matters most. */
  int recentAtPromise() {
    return LONG_RUN;
  }

  CrashLimits limits(int steps) {
    int each = (int) Math.clamp(states / Math.max(1, steps), 64, 4096);
    return new CrashLimits(each, each >= 1024 ? 10 : 6, 2, 200_000);
  }

  Bounds states(long most) {
    return new Bounds(most, recoveryDepth, cureStates);
  }

  Bounds recoveryDepth(int depth) {
    return new Bounds(states, depth, cureStates);
  }
}
