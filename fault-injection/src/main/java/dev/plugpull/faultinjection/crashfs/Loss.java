package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.BitSet;

/**
 * One way in which a cut may go: which pending writes are kept.
 *
 * @param kept closed under what the writes need
 */
record Loss(PendingWindow window, BitSet kept) {

  int lost() {
    return window.size() - kept.cardinality();
  }

  VolumeState state() {
    VolumeState state = window.base();
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      state = window.apply(state, i);
    }
    return state;
  }

  /** Keeps one lost write after another as long as recovery still fails. */
  Loss shrunk(Judge judge, String promised, int depth) {
    Loss smallest = this;
    boolean better = true;
    while (better) {
      better = false;
      for (int i = window.size() - 1; i >= 0 && !better; i--) {
        if (!smallest.kept.get(i)) {
          Loss more = smallest.with(i);
          better = !judge.judge(more.state(), promised, depth).passed();
          smallest = better ? more : smallest;
        }
      }
    }
    return smallest;
  }

  private Loss with(int write) {
    BitSet more = (BitSet) kept.clone();
    more.or(window.needs(write));
    more.set(write);
    return new Loss(window, more);
  }
}
