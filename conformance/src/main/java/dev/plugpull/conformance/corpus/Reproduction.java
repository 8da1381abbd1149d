package dev.plugpull.conformance.corpus;

import dev.plugpull.reports.Verdict;
import java.util.List;

/**
 * What came of exploring a known bug's two devices.
 *
 * @param bug the pair
 * @param broken the device with the bug
 * @param fixed the device without it
 * @param plan the shrunk fault plan that shows the bug, one sentence a step; empty if none is needed or none was found
 * @param seconds wall time, for people only
 */
public record Reproduction(KnownBug bug, Half broken, Half fixed, List<String> plan, double seconds) {

  public Reproduction {
    plan = List.copyOf(plan);
  }

  /**
   * One device, explored.
   *
   * @param verdict fail if anything is violated; pass if nothing is and everything was looked at
   * @param violated ids of violated properties, those that need the fewest faults first
   * @param why of the expected property, else of the first
   * @param notLookedAt why the search ended early, empty if it did not
   */
  public record Half(
      Verdict verdict, List<String> violated, String why, long durableStates, long crashStates, long boundedWindows,
      String notLookedAt) {
    public Half {
      violated = List.copyOf(violated);
    }
  }

  /** True if the bug was found in the broken device and the fixed one has nothing. */
  public boolean asExpected() {
    return broken.violated().contains(bug.broken().violates()) && fixed.verdict() == Verdict.PASS;
  }

  /** What is not as expected, in one sentence; empty if all is. */
  public String complaint() {
    if (!broken.violated().contains(bug.broken().violates())) {
      return bug.id() + ": the broken device does not violate " + bug.broken().violates()
          + (broken.violated().isEmpty() ? ", nor anything else" : ", but " + broken.violated())
          + (broken.notLookedAt().isEmpty() ? "" : " (" + broken.notLookedAt() + ")");
    }
    return switch (fixed.verdict()) {
      case PASS -> "";
      case FAIL -> bug.id() + ": the fixed device violates " + fixed.violated() + ": " + fixed.why();
      case UNKNOWN, NOT_RUN -> bug.id() + ": the fixed device was not looked at to the end: " + fixed.notLookedAt();
    };
  }
}
