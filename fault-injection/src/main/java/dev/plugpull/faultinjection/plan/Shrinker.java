package dev.plugpull.faultinjection.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a plan smaller while it still violates the same property for the same reason: fewer steps, then losses nearer
 * to "all kept" or "all lost". The result is minimal: no single change of these kinds makes it smaller. Without the
 * reason a plan could shrink into that of another finding, and a report would tell the wrong story.
 *
 * @param <S> the state between two boots
 */
public final class Shrinker<S> {
  private static final int[] SHIFTS = {0, -1, -2, 1, 2};

  private final Replay<S> replay;

  public Shrinker(Replay<S> replay) {
    this.replay = replay;
  }

  /**
   * A minimal plan that still violates the property for this reason.
   *
   * @param why the reason in the words of {@link dev.plugpull.faultinjection.settling.Violation#why}
   * @throws IllegalArgumentException if the plan itself does not violate the property for this reason
   */
  public FaultPlan shrink(FaultPlan plan, String property, String why) {
    Replayed<S> first = replay.check(plan);
    if (!first.violates(property, why)) {
      throw new IllegalArgumentException("cannot shrink a plan that does not violate " + property + " because " + why
          + ": " + first.missing() + first.violations());
    }
    FaultPlan smallest = first.plan();
    FaultPlan smaller = smallest;
    while (smaller != null) {
      smallest = smaller;
      smaller = smaller(smallest, property, why);
    }
    return smallest;
  }

  /** As {@link #shrink(FaultPlan, String, String)}, for the reason that the plan itself shows. */
  public FaultPlan shrink(FaultPlan plan, String property) {
    return replay.check(plan).violations().stream()
        .filter(violation -> violation.property().equals(property))
        .findFirst()
        .map(violation -> shrink(plan, property, violation.why()))
        .orElseThrow(() -> new IllegalArgumentException("cannot shrink a plan that does not violate " + property));
  }

  private FaultPlan smaller(FaultPlan plan, String property, String why) {
    long cost = cost(plan);
    for (FaultPlan candidate : candidates(plan)) {
      Replayed<S> replayed = replay.check(candidate);
      if (replayed.violates(property, why) && cost(replayed.plan()) < cost) {
        return replayed.plan();
      }
    }
    return null;
  }

  /** Steps first; then what stands between each volume's loss and "all kept" or "all lost". */
  static long cost(FaultPlan plan) {
    long cost = 0;
    for (FaultPlan.Step step : plan.steps()) {
      cost += 1_000_000;
      if (step instanceof FaultPlan.Cut cut) {
        for (FaultPlan.Loss loss : cut.losses()) {
          cost += switch (loss.rule()) {
            case ALL_KEPT -> 0;
            case ALL_LOST -> 1;
            case NAMED -> 1 + Math.min(loss.kept().size(), loss.lost().size()) * 2L;
          };
        }
      }
    }
    return cost;
  }

  private static List<FaultPlan> candidates(FaultPlan plan) {
    List<FaultPlan> candidates = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      for (int shift : SHIFTS) {
        without(plan, i, shift, candidates);
      }
    }
    for (int i = 0; i < plan.steps().size(); i++) {
      if (plan.steps().get(i) instanceof FaultPlan.Cut cut) {
        simpler(plan, i, cut, candidates);
      }
    }
    return candidates;
  }

  private static void without(FaultPlan plan, int dropped, int shift, List<FaultPlan> candidates) {
    List<FaultPlan.Step> steps = new ArrayList<>();
    int last = 0;
    for (int i = 0; i < plan.steps().size(); i++) {
      FaultPlan.Step step = plan.steps().get(i);
      if (i != dropped) {
        FaultPlan.Step moved = i < dropped ? step : step.inBoot(step.boot() + shift);
        if (moved.boot() < Math.max(1, last)) {
          return;
        }
        last = moved.boot();
        steps.add(moved);
      }
    }
    candidates.add(new FaultPlan(steps));
  }

  private static void simpler(FaultPlan plan, int at, FaultPlan.Cut cut, List<FaultPlan> candidates) {
    candidates.add(with(plan, at, cut, everywhere(cut, FaultPlan.Rule.ALL_KEPT)));
    candidates.add(with(plan, at, cut, everywhere(cut, FaultPlan.Rule.ALL_LOST)));
    for (int i = 0; i < cut.losses().size(); i++) {
      int volume = i;
      FaultPlan.Loss loss = cut.losses().get(i);
      Function<FaultPlan.Loss, FaultPlan> put = other -> {
        List<FaultPlan.Loss> losses = new ArrayList<>(cut.losses());
        losses.set(volume, other);
        return with(plan, at, cut, losses);
      };
      candidates.add(put.apply(ruled(loss, FaultPlan.Rule.ALL_KEPT)));
      candidates.add(put.apply(ruled(loss, FaultPlan.Rule.ALL_LOST)));
      for (FaultPlan.Pending lost : loss.lost()) {
        List<FaultPlan.Pending> fewer = new ArrayList<>(loss.lost());
        fewer.remove(lost);
        candidates.add(put.apply(named(loss, fewer)));
      }
      for (FaultPlan.Pending kept : loss.kept()) {
        List<FaultPlan.Pending> more = new ArrayList<>(loss.lost());
        more.add(kept);
        candidates.add(put.apply(named(loss, more)));
      }
    }
  }

  private static List<FaultPlan.Loss> everywhere(FaultPlan.Cut cut, FaultPlan.Rule rule) {
    return cut.losses().stream().map(loss -> ruled(loss, rule)).toList();
  }

  private static FaultPlan.Loss ruled(FaultPlan.Loss loss, FaultPlan.Rule rule) {
    return new FaultPlan.Loss(loss.volume(), loss.name(), rule, loss.kept(), loss.lost());
  }

  private static FaultPlan.Loss named(FaultPlan.Loss loss, List<FaultPlan.Pending> lost) {
    return new FaultPlan.Loss(loss.volume(), loss.name(), FaultPlan.Rule.NAMED, loss.kept(), lost);
  }

  private static FaultPlan with(FaultPlan plan, int at, FaultPlan.Cut cut, List<FaultPlan.Loss> losses) {
    List<FaultPlan.Step> steps = new ArrayList<>(plan.steps());
    steps.set(at, new FaultPlan.Cut(cut.boot(), cut.point(), cut.occurrence(), losses));
    return new FaultPlan(steps);
  }
}
