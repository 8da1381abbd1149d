package dev.plugpull.scenarios.jqwik;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.Trial;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.statistics.Statistics;

/**
 * Update histories: what strikes a device and when. Each is a list of choices from what is possible at that moment, so
 * each can be followed, also when shrunk. They shrink to fewer faults, earlier points and all writes kept.
 */
public final class Histories {
  private Histories() {}

  /** A choice that means something on any device. */
  private record Choice(int action, int where, List<LossChoice> losses) {}

  /** Histories of one device with up to so many faults and events. */
  public static <S> Arbitrary<Attempt<S>> of(Trial<S> trial, int most) {
    return choices(most).map(list -> follow(trial, list));
  }

  /** Fault plans for one device with up to so many steps. */
  public static Arbitrary<FaultPlan> plans(Trial<?> trial, int most) {
    return choices(most).map(list -> follow(trial, list).plan());
  }

  /** Histories of any of these devices. */
  public static Arbitrary<Attempt<?>> of(Arbitrary<Trial<?>> trials, int most) {
    return Combinators.combine(trials, choices(most)).as(Histories::follow);
  }

  private static Arbitrary<List<Choice>> choices(int most) {
    Arbitrary<List<LossChoice>> losses = losses();
    return Combinators.combine(
            Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 400), losses)
        .as(Choice::new).list().ofMaxSize(most * 2)
        .map(list -> list.stream().limit(most * 2L).toList());
  }

  /** What a cut takes from each of several volumes. */
  public static Arbitrary<List<LossChoice>> losses() {
    return Combinators.combine(
        Arbitraries.of(LossChoice.Kind.values()), Arbitraries.integers().between(0, 40)).as(LossChoice::new)
        .list().ofMinSize(1).ofMaxSize(4);
  }

  private static <S> Attempt<S> follow(Trial<S> trial, List<Choice> choices) {
    RunningDevice<S> device = new RunningDevice<>(trial);
    for (Choice choice : choices) {
      act(device, choice);
    }
    return device.attempt();
  }

  private static <S> void act(RunningDevice<S> device, Choice choice) {
    if (device.isStuck()) {
      device.powerCycle();
    } else if (choice.action() == 0) {
      device.boot();
    } else if (choice.action() == 1 && !device.eventsAtRest().isEmpty()) {
      device.atRest(choice.where());
    } else if (choice.action() == 2 && !device.interruptions().isEmpty()) {
      // By a number of its own: of the place, every other point could be struck by every other event only.
      int which = choice.losses().getFirst().number() % device.interruptions().size();
      device.strike(choice.where(), device.interruptions().get(which));
    } else {
      device.cut(choice.where(), choice.losses());
    }
  }

  /** Counts in jqwik's statistics what a history is and how it ends, so that a test can demand the rare cases. */
  public static void count(Attempt<?> attempt) {
    Replayed<?> run = attempt.run();
    Statistics.label("faults").collect(Math.min(3, attempt.plan().steps().size()));
    for (FaultPlan.Step step : attempt.plan().steps()) {
      Statistics.label("kind").collect(step.getClass().getSimpleName());
      if (step instanceof FaultPlan.Cut cut) {
        cut.losses().forEach(loss -> Statistics.label("loss").collect(loss.rule()));
      }
    }
    Statistics.label("ends").collect(!run.followed() ? "not followed"
        : run.settlement().settled() ? run.settlement().observation().outcome() : run.settlement().kind());
  }
}
