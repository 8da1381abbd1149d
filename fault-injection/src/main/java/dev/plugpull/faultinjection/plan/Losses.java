package dev.plugpull.faultinjection.plan;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Between sets of kept writes and the words of a plan. */
public final class Losses {
  private Losses() {}

  /** What is lost of a window in which {@code kept} is kept, in words. */
  public static FaultPlan.Loss told(int volume, String name, PendingWindow window, BitSet kept) {
    List<FaultPlan.Pending> keptWrites = new ArrayList<>();
    List<FaultPlan.Pending> lost = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < window.size(); i++) {
      String label = window.label(i);
      int occurrence = seen.merge(label, 1, Integer::sum);
      if (kept.get(i)) {
        keptWrites.add(new FaultPlan.Pending(label, occurrence));
      } else {
        lost.add(new FaultPlan.Pending(label, occurrence));
      }
    }
    FaultPlan.Rule rule = lost.isEmpty()
        ? FaultPlan.Rule.ALL_KEPT
        : keptWrites.isEmpty() ? FaultPlan.Rule.ALL_LOST : FaultPlan.Rule.NAMED;
    return new FaultPlan.Loss(volume, name, rule, keptWrites, lost);
  }

  /**
   * The kept writes of a window.
   *
   * @param loss what a plan says, null if it says nothing: all is kept
   * @param notFound gets the lost writes that the window does not have
   */
  static BitSet kept(FaultPlan.Loss loss, PendingWindow window, List<String> notFound) {
    BitSet chosen = new BitSet();
    if (loss == null || loss.rule() != FaultPlan.Rule.ALL_LOST) {
      chosen.set(0, window.size());
    }
    if (loss != null && loss.rule() == FaultPlan.Rule.NAMED) {
      for (FaultPlan.Pending lost : loss.lost()) {
        int at = find(window, lost);
        if (at < 0) {
          notFound.add(lost.write());
        } else {
          chosen.clear(at);
        }
      }
    }
    return closed(window, chosen);
  }

  private static int find(PendingWindow window, FaultPlan.Pending lost) {
    int seen = 0;
    for (int i = 0; i < window.size(); i++) {
      if (window.label(i).equals(lost.write()) && ++seen == lost.occurrence()) {
        return i;
      }
    }
    return -1;
  }

  private static BitSet closed(PendingWindow window, BitSet chosen) {
    BitSet kept = new BitSet();
    for (int i = 0; i < window.size(); i++) {
      BitSet missing = (BitSet) window.needs(i).clone();
      missing.andNot(kept);
      if (chosen.get(i) && missing.isEmpty()) {
        kept.set(i);
      }
    }
    return kept;
  }

  /** The state that a cut leaves which keeps these writes. */
  public static VolumeState apply(PendingWindow window, BitSet kept) {
    VolumeState state = window.base();
    for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
      state = window.apply(state, i);
    }
    return state;
  }

  static FaultPlan.Loss of(List<FaultPlan.Loss> losses, int volume) {
    for (FaultPlan.Loss loss : losses) {
      if (loss.volume() == volume) {
        return loss;
      }
    }
    return null;
  }

  /** The losses of all volumes that have pending writes. */
  static List<FaultPlan.Loss> told(List<? extends LiveVolume> volumes, List<String> names, List<BitSet> kept) {
    List<FaultPlan.Loss> losses = new ArrayList<>();
    for (int i = 0; i < volumes.size(); i++) {
      PendingWindow window = volumes.get(i).pending();
      if (window.size() > 0) {
        losses.add(told(i, i < names.size() ? names.get(i) : "", window, kept.get(i)));
      }
    }
    return losses;
  }
}
