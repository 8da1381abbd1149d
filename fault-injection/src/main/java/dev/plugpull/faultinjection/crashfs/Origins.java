package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.PendingWindow;
import java.util.IdentityHashMap;

/** Which operation of the recording each pending write comes from. */
final class Origins {
  private IdentityHashMap<Object, Integer> stepOf = new IdentityHashMap<>();

  /** The operation {@code step} has just been carried out: writes not seen before are its own. */
  void note(PendingWindow window, int step) {
    for (int i = window.size() - 1; i >= 0; i--) {
      if (stepOf.putIfAbsent(window.token(i), step) != null) {
        break;
      }
    }
    if (stepOf.size() > 2 * window.size() + 1024) {
      forgetOthers(window);
    }
  }

  private void forgetOthers(PendingWindow window) {
    IdentityHashMap<Object, Integer> kept = new IdentityHashMap<>();
    for (int i = 0; i < window.size(); i++) {
      kept.put(window.token(i), stepOf.get(window.token(i)));
    }
    stepOf = kept;
  }

  /** Index of the operation that each write of the window comes from; -1: from mounting. */
  int[] steps(PendingWindow window) {
    int[] result = new int[window.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = stepOf.getOrDefault(window.token(i), -1);
    }
    return result;
  }
}
