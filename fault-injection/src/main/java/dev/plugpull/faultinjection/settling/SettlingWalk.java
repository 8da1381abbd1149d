package dev.plugpull.faultinjection.settling;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves a device alone, boot after boot, until it settles, gets stuck or repeats itself.
 *
 * @param <S> the state between two boots
 */
public final class SettlingWalk<S> {
  /**
   * A chain that neither ends nor repeats within so many boots is reported as a loop: some state grows without bound.
   */
  public static final int MOST_BOOTS = 1000;

  /** Reason of a boot's end when the finished state is not repeated. */
  public static final String UNREPEATED = "reports a finished state that the next boot does not repeat";

  private final UpdatingDevice<S> device;
  private final BootListener<S> listener;
  private int boots;

  /** A walk whose boots {@code listener} hears of; it must not interrupt them. */
  public SettlingWalk(UpdatingDevice<S> device, BootListener<S> listener) {
    this.device = device;
    this.listener = listener;
  }

  /** How many boots all walks of this object took, with repetitions that only prove a state settled. */
  public int boots() {
    return boots;
  }

  private record Stop<S>(S state, String why) {}

  /**
   * Walks from a state until the device has settled; if it has, tries the following update where one is on offer.
   *
   * @param undisturbed true if nothing has struck before
   */
  public Settlement<S> settle(S from, boolean undisturbed) {
    Settlement<S> end = walk(from, undisturbed);
    return end.settled() ? withNext(end) : end;
  }

  /** The same settlement with the following update tried. */
  public Settlement<S> withNext(Settlement<S> end) {
    Settlement<S> next = next(end.state(), end.undisturbed());
    return next == null
        ? end
        : Settlement.settled(end.state(), end.observation(), end.boots(), end.undisturbed(), next);
  }

  /** How the update that follows a settled state goes; null if none is on offer. */
  public Settlement<S> next(S settled, boolean undisturbed) {
    Optional<S> offered = device.nextUpdate(settled);
    return offered.isEmpty() ? null : walk(offered.get(), undisturbed);
  }

  private Settlement<S> walk(S from, boolean undisturbed) {
    return walk(from, undisturbed, true);
  }

  private Settlement<S> walk(S from, boolean undisturbed, boolean powerCycle) {
    List<Stop<S>> stops = new ArrayList<>();
    Map<Hash128, Integer> seen = new HashMap<>();
    S state = from;
    boolean finished = false;
    while (true) {
      Hash128 key = device.key(state);
      Integer before = seen.putIfAbsent(key, stops.size());
      if (before != null || stops.size() > MOST_BOOTS) {
        return loop(stops, before == null ? 0 : before, undisturbed);
      }
      boots++;
      switch (device.boot(state, listener)) {
        case BootEnd.Restart<S> restart -> {
          stops.add(new Stop<>(state, restart.why()));
          state = restart.next();
          finished = false;
        }
        case BootEnd.Settled<S> settled when device.key(settled.state()).equals(key) -> {
          int took = finished ? stops.size() : stops.size() + 1;
          return Settlement.settled(
              settled.state(), device.observe(settled.state()), took, undisturbed, null);
        }
        case BootEnd.Settled<S> settled -> {
          stops.add(new Stop<>(state, UNREPEATED));
          state = settled.state();
          finished = true;
        }
        case BootEnd.Stuck<S> stuck -> {
          return stuck(stuck, stops.size() + 1, undisturbed, powerCycle);
        }
      }
    }
  }

  private Settlement<S> stuck(BootEnd.Stuck<S> stuck, int took, boolean undisturbed, boolean powerCycle) {
    // What a monitor sees after a person's act is not this history's; hence a listener of its own.
    boolean healed = powerCycle && new SettlingWalk<>(device, new QuietListener<>()).heals(stuck.afterPowerCycle());
    return Settlement.stuck(
        stuck.state(), device.observeUnsettled(stuck.state()), stuck.why(), stuck.assumed(), healed, took, undisturbed);
  }

  /** True if the state after a person's power cycle settles without a second one. */
  public boolean heals(S afterPowerCycle) {
    return walk(afterPowerCycle, false, false).settled();
  }

  private Settlement<S> loop(List<Stop<S>> stops, int from, boolean undisturbed) {
    List<Stop<S>> cycle = stops.subList(from, stops.size());
    int lowest = 0;
    for (int i = 1; i < cycle.size(); i++) {
      if (device.key(cycle.get(i).state()).compareTo(device.key(cycle.get(lowest).state())) < 0) {
        lowest = i;
      }
    }
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      reasons.add(cycle.get((lowest + i) % cycle.size()).why());
    }
    S state = cycle.get(lowest).state();
    return Settlement.loop(state, device.observeUnsettled(state), reasons, stops.size(), undisturbed);
  }
}
