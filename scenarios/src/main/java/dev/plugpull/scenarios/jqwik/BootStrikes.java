package dev.plugpull.scenarios.jqwik;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Losses;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Counts the crash points of one boot, and strikes at one of them. */
final class BootStrikes<S> implements BootListener<S> {
  private static final int NOWHERE = -1;

  private final int at;
  private final Interruption by;
  private final List<LossChoice> choices;
  private final List<String> names;
  private final List<String> points = new ArrayList<>();
  private final List<FaultPlan.Loss> losses = new ArrayList<>();
  private S left;

  private BootStrikes(int at, Interruption by, List<LossChoice> choices, List<String> names) {
    this.at = at;
    this.by = by;
    this.choices = choices;
    this.names = names;
  }

  static <S> BootStrikes<S> none() {
    return new BootStrikes<>(NOWHERE, Interruption.NONE, List.of(), List.of());
  }

  static <S> BootStrikes<S> cut(int at, List<LossChoice> choices, List<String> volumes) {
    return new BootStrikes<>(at, Interruption.NONE, choices, volumes);
  }

  static <S> BootStrikes<S> strike(int at, Interruption by) {
    return new BootStrikes<>(at, by, List.of(), List.of());
  }

  List<String> points() {
    return points;
  }

  S left() {
    return left;
  }

  /** The cut as a plan has it. */
  FaultPlan.Cut told(int boot) {
    String point = points.get(at);
    int occurrence = (int) points.subList(0, at + 1).stream().filter(point::equals).count();
    return new FaultPlan.Cut(boot, point, occurrence, losses);
  }

  @Override
  public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
    points.add(point);
    if (points.size() - 1 != at) {
      return Interruption.NONE;
    }
    if (!choices.isEmpty()) {
      cut(volumes, rest);
    }
    return by;
  }

  private void cut(List<? extends LiveVolume> volumes, Surviving<S> rest) {
    List<VolumeState> states = new ArrayList<>();
    for (int i = 0; i < volumes.size(); i++) {
      PendingWindow window = volumes.get(i).pending();
      BitSet kept = choices.get(i % choices.size()).kept(window);
      states.add(Losses.apply(window, kept));
      if (window.size() > 0) {
        losses.add(Losses.told(i, i < names.size() ? names.get(i) : "", window, kept));
      }
    }
    left = rest.cut(states);
  }

  @Override
  public void violation(String property, String why) {
    // the replay of the plan hears of it
  }
}
