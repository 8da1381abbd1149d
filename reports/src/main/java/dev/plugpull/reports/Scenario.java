package dev.plugpull.reports;

import java.util.List;

/**
 * One row of the catalogue and what came of it.
 *
 * @param why reason of a verdict that is not pass
 * @param spurious good updates that a cut rolled back; reported, no violation
 * @param checks one per requirement that was checked in this scenario
 */
public record Scenario(String name, Verdict verdict, String why, Exploration exploration, Outcomes outcomes,
    long spurious, List<Check> checks, CrashMap crashMap) {
  public Scenario {
    checks = List.copyOf(checks);
  }

  /**
   * One requirement in one scenario.
   *
   * @param requirement id of the contract
   */
  public record Check(String requirement, Verdict verdict, String why) {}

  /** A scenario that lacks an input. */
  public static Scenario notRun(String name, String why) {
    return new Scenario(name, Verdict.NOT_RUN, why, Exploration.NONE, Outcomes.NONE, 0, List.of(), CrashMap.EMPTY);
  }
}
