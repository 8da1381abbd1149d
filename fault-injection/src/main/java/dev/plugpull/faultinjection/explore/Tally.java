package dev.plugpull.faultinjection.explore;

/**
 * What boots counted.
 *
 * @param crashPoints durability points passed
 * @param crashStates contents that a cut could leave, once a boot
 * @param combinations combinations of volume states that were looked up
 * @param boundedWindows windows and products not tried in full
 */
record Tally(long crashPoints, long crashStates, long combinations, long boundedWindows) {
  static final Tally ZERO = new Tally(0, 0, 0, 0);

  Tally minus(Tally other) {
    return new Tally(crashPoints - other.crashPoints, crashStates - other.crashStates,
        combinations - other.combinations, boundedWindows - other.boundedWindows);
  }
}
