package dev.plugpull.faultinjection.crash;

import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;

/**
 * Enumerates the states that a power cut may leave of one volume.
 *
 * <p>In full, each choice of kept writes is an earlier choice with one later write added, so it costs one {@link
 * PendingWindow#apply}; a window that only grew since the last crash point costs its new choices only. Beyond the
 * limits: prefixes, prefixes of what the device had accepted, one write dropped, small subsets kept or lost.
 */
public final class CrashStateEnumerator {
  private static final long[] EMPTY = {0};

  private final CrashLimits limits;

  public CrashStateEnumerator(CrashLimits limits) {
    this.limits = limits;
  }

  /** The crash states of a window. */
  public CrashStates enumerate(PendingWindow window) {
    return enumerate(window, null);
  }

  /**
   * The crash states of a window.
   *
   * @param previous those of an earlier window of the same volume and boot, or null; only work is saved by it
   */
  public CrashStates enumerate(PendingWindow window, CrashStates previous) {
    int shared = shared(window, previous);
    boolean hopeless = previous != null && previous.bounded && shared == previous.window.size();
    CrashStates result = new CrashStates(window);
    if (hopeless || !full(result, previous, shared)) {
      result = new CrashStates(window);
      result.bounded = true;
      new Tiers(result, limits).run();
    }
    result.index(0, new LossClassifier(window));
    return result;
  }

  /** How many writes from the first on are the same in both windows, over the same base. */
  private static int shared(PendingWindow window, CrashStates previous) {
    if (previous == null || previous.window.base() != window.base()) {
      return 0;
    }
    int most = Math.min(window.size(), previous.tokens.length);
    int shared = 0;
    while (shared < most && previous.tokens[shared] != null && previous.tokens[shared] == window.token(shared)) {
      shared++;
    }
    return shared;
  }

  /** Tries every closed choice; false if there are too many. */
  private boolean full(CrashStates result, CrashStates previous, int shared) {
    int from = 0;
    if (shared > 0 && !previous.bounded) {
      reuse(result, previous, shared);
      from = shared;
    } else {
      result.add(EMPTY, 0, 1, -1, result.window.base());
    }
    int size = result.window.size();
    int most = size <= limits.fullWindow() ? Integer.MAX_VALUE : limits.statesPerVolume();
    for (int write = from; write < size; write++) {
      if (!extend(result, write, most)) {
        return false;
      }
    }
    return result.choices <= most;
  }

  private static void reuse(CrashStates result, CrashStates previous, int shared) {
    for (int one = 0; one < previous.choices; one++) {
      if (within(previous, one, shared)) {
        result.add(previous.masks, one * previous.words, previous.words, -1, previous.states[one]);
      }
    }
  }

  private static boolean within(CrashStates states, int one, int shared) {
    int from = one * states.words;
    for (int word = shared >>> 6; word < states.words; word++) {
      long outside = word == shared >>> 6 ? -1L << shared : -1L;
      if ((states.masks[from + word] & outside) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean extend(CrashStates result, int write, int most) {
    long[] needed = result.window.needsBits(write);
    int before = result.choices;
    for (int one = 0; one < before; one++) {
      if (result.holds(one, needed)) {
        VolumeState next = result.window.apply(result.states[one], write);
        result.add(result.masks, one * result.words, result.words, write, next);
        if (result.choices > most) {
          return false;
        }
      }
    }
    return true;
  }
}
