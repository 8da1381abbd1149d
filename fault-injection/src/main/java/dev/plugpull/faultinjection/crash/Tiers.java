package dev.plugpull.faultinjection.crash;

import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.Set;
import java.util.TreeSet;

/** A window with too many choices: the telling ones, in the order of specification "Exploration tiers". */
final class Tiers {
  private final CrashStates result;
  private final CrashLimits limits;
  private final PendingWindow window;
  private final int size;
  private final long[][] needs;
  /** Chosen sets in the order of their members, so that neighbours share what was applied for them. */
  private final Set<long[]> chosen = new TreeSet<>(Tiers::byMembers);

  Tiers(CrashStates result, CrashLimits limits) {
    this.result = result;
    this.limits = limits;
    this.window = result.window;
    this.size = window.size();
    this.needs = Bits.needs(window);
  }

  void run() {
    prefixes();
    dropOne();
    for (int count = 1; count <= limits.subsetSize(); count++) {
      subsets(new int[count], 0, 0);
    }
    apply();
  }

  private boolean room() {
    return chosen.size() < Math.max(limits.statesPerVolume(), 2 * size + 2);
  }

  /** Every prefix, and of every prefix what the device had accepted. */
  private void prefixes() {
    long[] all = new long[result.words];
    long[] accepted = new long[result.words];
    add(all);
    for (int i = 0; i < size; i++) {
      Bits.set(all, i);
      add(all);
    }
    for (int i = 0; i < size && room(); i++) {
      if (window.issued(i)) {
        Bits.set(accepted, i);
        add(Bits.withoutNeedy(needs, accepted));
      }
    }
  }

  private void dropOne() {
    for (int i = 0; i < size && room(); i++) {
      add(without(new int[] {i}));
    }
  }

  private void subsets(int[] members, int depth, int from) {
    if (depth == members.length) {
      long[] some = new long[result.words];
      for (int member : members) {
        Bits.set(some, member);
      }
      add(Bits.withNeeded(needs, some));
      add(without(members));
      return;
    }
    for (int i = from; i < size && room(); i++) {
      members[depth] = i;
      subsets(members, depth + 1, i + 1);
    }
  }

  private long[] without(int[] members) {
    long[] rest = new long[result.words];
    for (int i = 0; i < size; i++) {
      Bits.set(rest, i);
    }
    for (int member : members) {
      rest[member >>> 6] &= ~(1L << member);
    }
    return Bits.withoutNeedy(needs, rest);
  }

  private void add(long[] choice) {
    chosen.add(choice.clone());
  }

  private static int byMembers(long[] a, long[] b) {
    for (int word = 0; word < a.length; word++) {
      long differs = a[word] ^ b[word];
      if (differs != 0) {
        boolean inA = (a[word] & Long.lowestOneBit(differs)) != 0;
        return inA ? 1 : -1;
      }
    }
    return 0;
  }

  private void apply() {
    VolumeState[] at = new VolumeState[size + 1];
    at[0] = window.base();
    long[] last = new long[result.words];
    for (long[] choice : chosen) {
      int same = sharedUpTo(last, choice);
      for (int i = same; i < size; i++) {
        at[i + 1] = Bits.get(choice, i) ? window.apply(at[i], i) : at[i];
      }
      result.add(choice, 0, result.words, -1, at[size]);
      last = choice;
    }
  }

  private int sharedUpTo(long[] last, long[] choice) {
    if (result.choices == 0) {
      return 0;
    }
    for (int word = 0; word < choice.length; word++) {
      long differs = last[word] ^ choice[word];
      if (differs != 0) {
        return (word << 6) + Long.numberOfTrailingZeros(differs);
      }
    }
    return size;
  }
}
