package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.media.Hash128;

/**
 * What the contract must remember of a device's history, one small automaton per property that needs one.
 *
 * @param reportedDone DURAB: the highest revision whose update was reported as done to the user; 0 if none was
 * @param leftovers SPACE: temporary files of cut-off atomic writes that nobody removes: 0, 1 or 2 for many
 * @param unverified INTEG: true once content ran that no check had passed
 */
record Monitors(int reportedDone, int leftovers, boolean unverified, Hash128 hash) {

  static final Monitors NONE = new Monitors(0, 0, false);

  Monitors(int reportedDone, int leftovers, boolean unverified) {
    this(reportedDone, leftovers, unverified,
        Hash128.of("monitors|" + reportedDone + "|" + leftovers + "|" + unverified));
  }

  Monitors done(int revision) {
    return revision == reportedDone ? this : new Monitors(revision, leftovers, unverified);
  }

  Monitors ranUnverified() {
    return unverified ? this : new Monitors(reportedDone, leftovers, true);
  }
}
