package dev.plugpull.faultinjection.crashfs;

/**
 * What became of one crash state.
 *
 * @param thrown what the check threw, or null
 * @param inRecovery a failure after a further cut, or null
 */
record Verdict(Throwable thrown, Failure inRecovery) {
  static final Verdict PASS = new Verdict(null, null);

  boolean passed() {
    return thrown == null && inRecovery == null;
  }
}
