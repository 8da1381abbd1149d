package dev.plugpull.conformance.certify;

/**
 * How much work a certificate may take. Seconds only decide after which numbered work unit to stop; the command that
 * repeats a run names the units.
 *
 * @param seconds wall time for the whole certificate, 0 for no limit
 * @param workUnits durable states that each exploration may expand
 * @param threads workers of each exploration
 */
public record Budget(double seconds, long workUnits, int threads) {
  public static final Budget DEFAULT = new Budget(600, Long.MAX_VALUE, 2);
}
