package dev.plugpull.conformance.record;

/**
 * What a crash run shall do.
 *
 * @param from position from which everything is looked at, instead of what the tier would choose; -1 for the tier
 * @param to position up to which
 * @param most states to judge
 * @param sample pruned states to boot; -1 for 5 %, at least 59
 * @param settlings distinct disks from which to try the next update
 * @param plainStates states to judge in the plain way too, for the ratio; 0 to leave it out
 */
public record CrashRequest(
    Tier tier, int from, int to, int most, int sample, int settlings, int plainStates) {

  /** What a tier does by itself. */
  public static CrashRequest of(Tier tier) {
    return new CrashRequest(tier, -1, -1, Integer.MAX_VALUE, -1, tier.settlings(), 0);
  }
}
