package dev.plugpull.conformance.record;

/**
 * How much of a recording is looked at.
 *
 * @see StatePlan
 */
public enum Tier {
  /** Flush boundaries by bisection, then every prefix, loss and some tears where the outcome changes. */
  QUICK(3, 4, 0),
  /** Every flush boundary, every prefix and every single loss of the whole log; some tears where outcomes change. */
  STANDARD(3, 12, 0),
  /** The same, more tears of every request, and a second cut while the first boot recovers. */
  EXHAUSTIVE(15, 48, 12);

  private final int tears;
  private final int settlings;
  private final int recoveries;

  Tier(int tears, int settlings, int recoveries) {
    this.tears = tears;
    this.settlings = settlings;
    this.recoveries = recoveries;
  }

  /** Places at which a request of several atomic units is torn. */
  int tears() {
    return tears;
  }

  /** Distinct disks after a first boot from which the next update is tried. */
  int settlings() {
    return settlings;
  }

  /** First boots, each with a distinct end, that are cut a second time. */
  int recoveries() {
    return recoveries;
  }
}
