package dev.plugpull.conformance.record;

/**
 * How much of a recording is looked at.
 *
 * @see StatePlan
 */
public enum Tier {
  /** Flush boundaries by bisection, then every prefix, loss and some tears where the outcome changes. */
  QUICK(3, 4),
  /** Every flush boundary, every prefix and every single loss of the whole log; some tears where outcomes change. */
  STANDARD(3, 12),
  /** The same, and more tears of every request. */
  EXHAUSTIVE(15, 48);

  private final int tears;
  private final int settlings;

  Tier(int tears, int settlings) {
    this.tears = tears;
    this.settlings = settlings;
  }

  /** Places at which a request of several atomic units is torn. */
  int tears() {
    return tears;
  }

  /** Distinct disks after a first boot from which the next update is tried. */
  int settlings() {
    return settlings;
  }
}
