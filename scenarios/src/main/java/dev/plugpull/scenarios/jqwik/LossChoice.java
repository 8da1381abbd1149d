package dev.plugpull.scenarios.jqwik;

import dev.plugpull.sim.filesystem.PendingWindow;
import java.util.BitSet;

/**
 * What a cut takes of the pending writes of a volume, as a choice that means something in any window.
 *
 * @param kind how to choose
 * @param number which one, modulo the size of the window
 */
public record LossChoice(Kind kind, int number) {

  /** How to choose; the first is what shrinking ends at. */
  public enum Kind {
    ALL_KEPT,
    ALL_LOST,
    /** The oldest writes are kept. */
    PREFIX,
    /** One write, and what needs it, is lost. */
    WITHOUT_ONE
  }

  /** The writes that are kept: whatever one of them needs is kept as well. */
  BitSet kept(PendingWindow window) {
    BitSet chosen = new BitSet();
    int size = window.size();
    if (size > 0) {
      switch (kind) {
        case ALL_KEPT -> chosen.set(0, size);
        case ALL_LOST -> chosen.clear();
        case PREFIX -> chosen.set(0, Math.floorMod(number, size));
        case WITHOUT_ONE -> {
          chosen.set(0, size);
          chosen.clear(Math.floorMod(number, size));
        }
      }
    }
    BitSet kept = new BitSet();
    for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
      BitSet missing = (BitSet) window.needs(i).clone();
      missing.andNot(kept);
      kept.set(i, missing.isEmpty());
    }
    return kept;
  }
}
