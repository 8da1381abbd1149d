package dev.plugpull.faultinjection.crash;

/**
 * Bounds of the enumeration. A window or a product beyond them is tried in tiers and counted as bounded.
 *
 * @param statesPerVolume most subsets of one volume's window that are tried in full
 * @param fullWindow windows of at most this many writes are tried in full, whatever {@code statesPerVolume} says
 * @param subsetSize in tiers: subsets of up to this many writes, kept alone and lost alone
 * @param statesPerPoint most combinations of the volumes' states at one crash point that are tried in full
 */
public record CrashLimits(int statesPerVolume, int fullWindow, int subsetSize, long statesPerPoint) {

  public static final CrashLimits DEFAULT = new CrashLimits(4096, 12, 2, 200_000);

  public CrashLimits {
    if (statesPerVolume < 1 || fullWindow < 0 || fullWindow > 20 || subsetSize < 0 || statesPerPoint < 1) {
      throw new IllegalArgumentException(
          "cannot bound the enumeration: need statesPerVolume >= 1, fullWindow 0 to 20, subsetSize >= 0, "
              + "statesPerPoint >= 1, not " + statesPerVolume + ", " + fullWindow + ", " + subsetSize + ", "
              + statesPerPoint);
    }
  }
}
