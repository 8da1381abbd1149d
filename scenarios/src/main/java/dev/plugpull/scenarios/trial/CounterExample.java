package dev.plugpull.scenarios.trial;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.plan.Shrinker;
import dev.plugpull.reports.FaultStep;
import dev.plugpull.reports.TraceStep;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.telling.FaultSteps;
import dev.plugpull.scenarios.telling.Storyteller;
import java.util.List;
import java.util.TreeMap;

/**
 * A history that breaks a requirement, as a failing test shows it.
 *
 * @param tried the search that found it; null if it was found without one
 * @param requirement id of the contract, or the name of an assertion
 * @param why in words
 * @param run the minimal plan, followed with its whole story
 * @param <S> the state between two boots
 */
public record CounterExample<S>(Trial<S> trial, Tried<S> tried, String requirement, String why, Replayed<S> run) {

  static <S> CounterExample<S> shrunk(Tried<S> tried, String requirement, String why, FaultPlan plan) {
    return new CounterExample<>(
        tried.trial(), tried, requirement, why, shrunk(tried.trial(), requirement, why, plan));
  }

  static <S> CounterExample<S> shrunk(Attempt<S> attempt, String requirement, String why) {
    return new CounterExample<>(
        attempt.trial(), null, requirement, why, shrunk(attempt.trial(), requirement, why, attempt.plan()));
  }

  private static <S> Replayed<S> shrunk(Trial<S> trial, String requirement, String why, FaultPlan plan) {
    Replay<S> replay = new Replay<>(trial.device(), Judgement::of);
    return replay.trace(new Shrinker<>(replay).shrink(plan, requirement, why));
  }

  /** A history as it is, for an assertion that is no requirement of the contract. */
  public static <S> CounterExample<S> of(Attempt<S> attempt, String assertion, String why) {
    return new CounterExample<>(
        attempt.trial(), null, assertion, why, attempt.trial().replay(attempt.plan()));
  }

  /** Name of its files: the same history has the same one in every run. */
  public String id() {
    return requirement.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-"
        + Digest.shortId(trial.file().map(file -> file.getFileName() + "|").orElse("") + trial.title() + "|" + why
            + "|" + run.plan());
  }

  /** The plan as files store it. */
  public List<FaultStep> steps() {
    return FaultSteps.stored(run.plan());
  }

  /** The story as files store it. */
  public List<TraceStep> story() {
    return new Storyteller(new TreeMap<>()).tell(run.trace());
  }

  /** What goes wrong and when, for people: several lines. */
  public String words() {
    StringBuilder text = new StringBuilder();
    text.append(requirement).append(" violated: ").append(why).append('\n');
    text.append("  device   ").append(trial.title()).append('\n');
    text.append("  when     ");
    text.append(trial.attempt(run.plan()).words().replace("\n", "\n           ")).append('\n');
    if (run.settlement() != null) {
      text.append("  ends     ").append(ending()).append('\n');
    }
    return text.toString();
  }

  private String ending() {
    var end = run.settlement();
    return switch (end.kind()) {
      case SETTLED -> end.observation().outcome().word() + ", runs " + end.observation().running() + " after "
          + end.boots() + (end.boots() == 1 ? " boot" : " boots");
      case LOOP -> "reboots for ever: " + end.why();
      case STUCK -> "needs a person: " + end.why() + (end.healedByPowerCycle() ? " (a power cycle heals it)" : "");
    };
  }

  /** Words, and the files and commands of {@link Evidence}; writes those files. */
  public String message() {
    return words() + Evidence.write(this).words();
  }
}
