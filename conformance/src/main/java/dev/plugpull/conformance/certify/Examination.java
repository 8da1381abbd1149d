package dev.plugpull.conformance.certify;

import dev.plugpull.conformance.realboot.LoaderCheck;
import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Progress;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.device.UpdatingDevice;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/** Explores every scenario of a subject within a budget and puts the results before an assessment. */
final class Examination {
  private final Subject subject;
  private final Terms terms;
  private final Listener listener;
  private final InstantSource clock;
  private final long start;
  private boolean stopped;
  private boolean outOfTime;

  Examination(Subject subject, Terms terms, Listener listener, InstantSource clock) {
    this.subject = subject;
    this.terms = terms;
    this.listener = listener;
    this.clock = clock;
    this.start = clock.millis();
  }

  /**
   * Explores; true if the listener did not stop it.
   *
   * @throws IOException if states are to be booted in the real boot loader, and their disks cannot be kept
   */
  boolean run(Assessment assessment) throws IOException {
    LoaderCheck check = new LoaderCheck(terms.realStates(), terms.out().resolve("real-boot-loader"));
    Set<String> brokenAtOnce = new TreeSet<>();
    for (String scenario : subject.scenarios()) {
      if (!undisturbed(scenario, subject.device(scenario, Set.of()))) {
        brokenAtOnce.add(scenario);
      }
    }
    Blame blame = new Blame(subject, this::explore);
    for (String scenario : subject.scenarios()) {
      if (!terms.scenario().isEmpty() && !scenario.equals(terms.scenario())) {
        continue;
      }
      // What goes wrong without any fault is known by now, and is told however little time is left.
      if (stopped || outOfTime && !brokenAtOnce.contains(scenario)) {
        assessment.skipped(scenario, stopped ? "interrupted" : "the budget of seconds ended before it began");
        continue;
      }
      Explored<?> explored = explore(scenario, subject.device(scenario, Set.of()));
      listener.done(assessment.add(explored, blame));
      if (terms.realStates() > 0) {
        subject.hold(check, explored);
      }
    }
    if (terms.realStates() > 0) {
      assessment.heldAgainst(check.compare((booted, wanted) -> {
        stopped |= !listener.booting(booted, wanted);
        return !stopped;
      }));
    }
    return !stopped;
  }

  /** Runs a scenario once without any fault: milliseconds, and the worst devices are found out. */
  private <S> boolean undisturbed(String scenario, UpdatingDevice<S> device) {
    Replayed<S> run = new Replay<>(device, Judgement::of).check(FaultPlan.NOTHING);
    run.violations().stream().limit(1).forEach(
        v -> listener.brokenWithoutFault(scenario, v.property(), v.why()));
    return run.violations().isEmpty();
  }

  private <S> Explored<S> explore(String scenario, UpdatingDevice<S> device) {
    ExplorationBounds bounds = ExplorationBounds.DEFAULT
        .withThreads(terms.budget().threads())
        .withWorkUnits(outOfTime ? 0 : terms.budget().workUnits());
    Progress progress = (counts, waiting) -> {
      boolean wanted = listener.goOn(scenario, counts.durableStates(), counts.crashStates(), waiting);
      stopped |= !wanted;
      outOfTime |= terms.budget().seconds() > 0 && seconds() > terms.budget().seconds();
      return wanted && !outOfTime;
    };
    double from = seconds();
    Exploration<S> result = new Explorer<>(device, Judgement::of, bounds).explore(progress);
    return new Explored<>(scenario, device, result, seconds() - from);
  }

  private double seconds() {
    return (clock.millis() - start) / 1000.0;
  }
}
