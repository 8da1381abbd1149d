package dev.plugpull.conformance.compare;

import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.conformance.record.Phases;
import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.explore.SingleCuts;
import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.SettlingWalk;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.Hash128;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Predicts what a crash run on a real machine can find: the modelled device updates itself, power fails once, at every
 * crash point, and leaves everything that its medium allows. Then it boots with nobody who asks for the update again,
 * as the machine does.
 *
 * @param <S> the state between two boots
 */
public final class Predictor<S> {
  private final TargetModel model;
  private final Profile profile;
  private final UpdatingDevice<S> device;
  private final Map<Hash128, Outcome> byContent = new HashMap<>();
  private final Map<Hash128, Outcome> byKey = new HashMap<>();
  private final List<Prediction.Point> points = new ArrayList<>();
  private final TreeMap<Outcome, String> reasons = new TreeMap<>();

  private Predictor(TargetModel model, Profile profile, UpdatingDevice<S> device) {
    this.model = model;
    this.profile = profile;
    this.device = device;
  }

  /**
   * Predictions for a target's model and its variants, in this order.
   *
   * @throws IOException {@code cannot predict ...}: the family cannot be left alone, or a step has no points
   */
  public static List<Prediction> all(TargetModel model) throws IOException {
    List<Prediction> all = new ArrayList<>();
    for (Profile profile : model.devices()) {
      all.add(one(model, profile, Families.named(profile.family(), model.file().toString()).device(profile,
          model.scenario())));
    }
    return all;
  }

  private static <S> Prediction one(TargetModel model, Profile profile, UpdatingDevice<S> device) throws IOException {
    return new Predictor<>(model, profile, device).predict();
  }

  private Prediction predict() throws IOException {
    S start = device.start();
    if (device.unattended(start).isEmpty()) {
      throw new IOException("cannot predict what cuts do to " + profile.name() + ": the model of family "
          + profile.family() + " cannot boot without asking for its update again");
    }
    List<SortedSet<Outcome>> sets = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long bounded = new SingleCuts<S>(CrashLimits.DEFAULT, (number, name, content, state) -> {
      if (number == names.size()) {
        names.add(name);
        sets.add(new TreeSet<>());
      }
      sets.getLast().add(byContent.computeIfAbsent(content, c -> outcome(state)));
    }).of(device, start);
    for (int i = 0; i < names.size(); i++) {
      Prediction.Point point = new Prediction.Point(names.get(i), sets.get(i));
      if (points.isEmpty() || !points.getLast().equals(point)) {
        points.add(point);
      }
    }
    return new Prediction(profile.name(), phases(outcome(start)), points, reasons, byContent.size(), bounded);
  }

  private Map<String, SortedSet<Outcome>> phases(Outcome untouched) throws IOException {
    Map<String, SortedSet<Outcome>> phases = new LinkedHashMap<>();
    SortedSet<Outcome> before = new TreeSet<>(List.of(untouched));
    phases.put(Phases.BEFORE, before);
    model.steps().keySet().forEach(step -> phases.put(step, new TreeSet<>()));
    SortedSet<Outcome> after = new TreeSet<>();
    boolean begun = false;
    for (Prediction.Point point : points) {
      List<String> steps = model.steps().keySet().stream().filter(step -> belongs(point, step)).toList();
      steps.forEach(step -> phases.get(step).addAll(point.outcomes()));
      begun |= !steps.isEmpty();
      if (!steps.isEmpty()) {
        // What is pending at the last point of the update is pending when its last step has ended.
        after.clear();
      }
      (begun ? after : before).addAll(point.outcomes());
    }
    phases.put(Phases.AFTER, after);
    for (Map.Entry<String, SortedSet<Outcome>> phase : phases.entrySet()) {
      if (phase.getValue().isEmpty()) {
        throw new IOException("cannot predict what cuts do to " + profile.name() + ": no crash point belongs to step '"
            + phase.getKey() + "' of " + model.file());
      }
    }
    return phases;
  }

  private boolean belongs(Prediction.Point point, String step) {
    return model.steps().get(step).stream().anyMatch(point.name()::startsWith);
  }

  private Outcome outcome(S cut) {
    S alone = device.unattended(cut).orElseThrow();
    return byKey.computeIfAbsent(device.key(alone), key -> {
      return switch (boot(alone)) {
        case BootEnd.Settled<S> up -> running(up.state());
        case BootEnd.Stuck<S> stuck -> {
          boolean heals = boot(stuck.afterPowerCycle()) instanceof BootEnd.Settled<S>;
          yield bad(heals ? Outcome.BRICK_ONCE : Outcome.BRICK_FOR_GOOD, stuck.why());
        }
        case BootEnd.Restart<S> loop -> bad(Outcome.BRICK_FOR_GOOD, loop.why());
      };
    });
  }

  /** Boots until the device is up or stays where it is; what restarts for ever ends with a restart. */
  private BootEnd<S> boot(S from) {
    Set<Hash128> seen = new HashSet<>();
    BootEnd<S> end = device.boot(from, new QuietListener<>());
    while (end instanceof BootEnd.Restart<S> restart && seen.add(device.key(restart.next()))) {
      end = device.boot(restart.next(), new QuietListener<>());
    }
    return end;
  }

  /** As a crash run judges it: by the first boot that is healthy, and by the next update. */
  private Outcome running(S up) {
    Observation seen = device.observe(up);
    Settlement<S> next = new SettlingWalk<>(device, new QuietListener<S>()).next(up, false);
    boolean goesOn = next == null
        || next.settled() && next.observation().outcome() == dev.plugpull.sim.device.Outcome.NEW;
    return switch (seen.outcome()) {
      case OLD, NEW -> !goesOn ? bad(Outcome.STUCK, "the next update fails: " + next.observation().why())
          : seen.outcome() == dev.plugpull.sim.device.Outcome.OLD ? Outcome.OLD : Outcome.NEW;
      case MIXED -> bad(Outcome.MIXED, "runs " + seen.running());
      case STUCK, BRICK -> throw new IllegalStateException("a device that is up cannot be " + seen.outcome());
    };
  }

  private Outcome bad(Outcome outcome, String why) {
    reasons.putIfAbsent(outcome, why);
    return outcome;
  }
}
