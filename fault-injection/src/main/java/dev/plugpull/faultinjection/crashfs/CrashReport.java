package dev.plugpull.faultinjection.crashfs;

/**
 * What a crash test looked at.
 *
 * @param operations recorded operations of the workload
 * @param points operations after which a cut could leave something new
 * @param states crash states met at these points, of the workload alone
 * @param distinct states that went to the check, each once, recovery included
 * @param inRecovery those of them that a cut during recovery left
 * @param boundedPoints points with more possible losses than were tried: then not every sequence was covered
 */
public record CrashReport(
    int operations, long points, long states, long distinct, long inRecovery, long boundedPoints) {

  /** True if every loss at every point was tried. */
  public boolean isComplete() {
    return boundedPoints == 0;
  }
}
