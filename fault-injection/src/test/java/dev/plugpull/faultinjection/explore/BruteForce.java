package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The explorer's twin without any of its ideas: equality of whole states instead of fingerprints, every subset of every
 * window materialised at every point, relaxation until nothing changes instead of a queue.
 */
final class BruteForce<S> {
  /** What the explorer counts, counted the slow way. */
  long crashPoints;

  long crashStates;
  private final UpdatingDevice<S> device;
  private final Map<S, Integer> faults = new LinkedHashMap<>();
  private final Map<S, Map<S, Integer>> successors = new LinkedHashMap<>();

  BruteForce(UpdatingDevice<S> device) {
    this.device = device;
  }

  /** Every state between two boots, with the fewest faults that lead to it. */
  Map<S, Integer> explore() {
    faults.put(device.start(), 0);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (S state : new ArrayList<>(faults.keySet())) {
        Map<S, Integer> next = successors.get(state);
        if (next == null) {
          next = successors(state);
          successors.put(state, next);
        }
        for (Map.Entry<S, Integer> step : next.entrySet()) {
          int cost = faults.get(state) + step.getValue();
          if (faults.getOrDefault(step.getKey(), Integer.MAX_VALUE) > cost) {
            faults.put(step.getKey(), cost);
            changed = true;
          }
        }
      }
    }
    return faults;
  }

  /** All states that up to {@code depth} faults lead to, found by plain recursion that remembers nothing. */
  Set<S> nested(int depth) {
    Set<S> found = new LinkedHashSet<>();
    nested(device.start(), depth, 0, found);
    return found;
  }

  private void nested(S state, int depth, int quiet, Set<S> found) {
    found.add(state);
    for (Map.Entry<S, Integer> step : successors(state).entrySet()) {
      int left = depth - step.getValue();
      if (left >= 0 && (step.getValue() > 0 || quiet < 12)) {
        nested(step.getKey(), left, step.getValue() > 0 ? 0 : quiet + 1, found);
      }
    }
  }

  private Map<S, Integer> successors(S state) {
    Map<S, Integer> next = new LinkedHashMap<>();
    Cuts undisturbed = new Cuts(next, Interruption.NONE, -1);
    BootEnd<S> end = device.boot(state, undisturbed);
    crashStates += undisturbed.left.size();
    switch (end) {
      case BootEnd.Restart<S> restart -> note(next, restart.next(), 0);
      case BootEnd.Settled<S> settled -> {
        note(next, settled.state(), 0);
        if (settled.state().equals(state)) {
          device.eventsAtRest(settled.state()).forEach(event -> note(next, event.result(), 1));
        }
      }
      case BootEnd.Stuck<S> stuck -> note(next, stuck.afterPowerCycle(), 1);
    }
    for (Interruption by : device.interruptions(state)) {
      for (int point = 0; point < undisturbed.points; point++) {
        struck(state, next, by, point);
      }
    }
    return next;
  }

  private void struck(S state, Map<S, Integer> next, Interruption by, int point) {
    Cuts cuts = new Cuts(next, by, point);
    switch (device.boot(state, cuts)) {
      case BootEnd.Restart<S> restart -> note(next, restart.next(), 1);
      case BootEnd.Settled<S> settled -> note(next, settled.state(), 1);
      case BootEnd.Stuck<S> stuck -> note(next, stuck.afterPowerCycle(), 2);
    }
    crashStates += cuts.left.size();
  }

  private void note(Map<S, Integer> next, S state, int cost) {
    next.merge(state, cost, Math::min);
  }

  private final class Cuts extends QuietListener<S> {
    private final Map<S, Integer> next;
    private final Interruption by;
    private final int at;
    private final Set<S> left = new HashSet<>();
    private int points;

    Cuts(Map<S, Integer> next, Interruption by, int at) {
      this.next = next;
      this.by = by;
      this.at = at;
    }

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      int index = points++;
      if (index > at) {
        crashPoints++;
        product(volumes, new ArrayList<>(), rest);
      }
      return index == at ? by : Interruption.NONE;
    }

    private void product(List<? extends LiveVolume> volumes, List<VolumeState> chosen, Surviving<S> rest) {
      if (chosen.size() == volumes.size()) {
        S state = rest.cut(List.copyOf(chosen));
        left.add(state);
        note(next, state, by == Interruption.NONE ? 1 : 2);
        return;
      }
      for (VolumeState state : all(volumes.get(chosen.size()).pending())) {
        chosen.addLast(state);
        product(volumes, chosen, rest);
        chosen.removeLast();
      }
    }
  }

  /** Every closed subset, one by one from the base. */
  static List<VolumeState> all(PendingWindow window) {
    List<VolumeState> states = new ArrayList<>();
    for (long mask = 0; mask < 1L << window.size(); mask++) {
      BitSet kept = BitSet.valueOf(new long[] {mask});
      VolumeState state = window.base();
      boolean closed = true;
      for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
        BitSet missing = window.needs(i);
        missing.andNot(kept);
        closed &= missing.isEmpty();
        state = closed ? window.apply(state, i) : state;
      }
      if (closed) {
        states.add(state);
      }
    }
    return states;
  }

  /** The keys and the fewest faults, sorted. */
  static <S> TreeMap<String, Integer> keyed(UpdatingDevice<S> device, Map<S, Integer> states) {
    TreeMap<String, Integer> keyed = new TreeMap<>();
    states.forEach((state, cost) -> keyed.merge(device.key(state).toString(), cost, Math::min));
    return keyed;
  }
}
