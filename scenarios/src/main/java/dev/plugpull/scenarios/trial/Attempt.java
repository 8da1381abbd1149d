package dev.plugpull.scenarios.trial;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One history of a device: its scenario and what struck it.
 *
 * @param <S> the state between two boots
 */
public record Attempt<S>(Trial<S> trial, FaultPlan plan) {

  /** Runs it. */
  public Replayed<S> run() {
    return trial.check(plan);
  }

  /** What it violates first, made minimal; empty if it violates nothing that is not excused. */
  public Optional<CounterExample<S>> counterExample() {
    return run().violations().stream()
        .filter(violation -> !trial.excuses().containsKey(violation.property()))
        .findFirst()
        .map(v -> CounterExample.shrunk(trial.attempt(plan), v.property(), v.why()));
  }

  /** What struck the device, in words. */
  public String words() {
    return plan.steps().isEmpty() ? "no fault"
        : plan.steps().stream().map(FaultPlan.Step::words).collect(Collectors.joining("\n"));
  }

  @Override
  public String toString() {
    return trial.title() + ": " + words();
  }
}
