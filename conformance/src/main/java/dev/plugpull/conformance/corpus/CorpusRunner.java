package dev.plugpull.conformance.corpus;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.explore.Progress;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Shrinker;
import dev.plugpull.reports.Verdict;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.sim.device.UpdatingDevice;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Explores both devices of a known bug. */
public final class CorpusRunner {
  private final int threads;
  private final double secondsPerDevice;
  private final InstantSource clock;

  /**
   * @param threads workers of each exploration
   * @param secondsPerDevice an exploration that takes longer ends unknown
   */
  public CorpusRunner(int threads, double secondsPerDevice, InstantSource clock) {
    this.threads = threads;
    this.secondsPerDevice = secondsPerDevice;
    this.clock = clock;
  }

  private record Explored(Reproduction.Half half, List<String> plan) {}

  public Reproduction run(KnownBug bug) {
    long from = clock.millis();
    Explored broken = explore(bug.broken());
    Explored fixed = explore(bug.fixed());
    return new Reproduction(bug, broken.half(), fixed.half(), broken.plan(), (clock.millis() - from) / 1000.0);
  }

  private Explored explore(ProfileFile file) {
    return explore(
        Families.named(file.profile().family(), file.profile().name()).device(file.profile(), file.scenario()), file);
  }

  private <S> Explored explore(UpdatingDevice<S> device, ProfileFile file) {
    long from = clock.millis();
    Progress progress = (counts, waiting) -> (clock.millis() - from) / 1000.0 < secondsPerDevice;
    Exploration<S> result =
        new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT.withThreads(threads)).explore(progress);
    Set<String> violated = new LinkedHashSet<>();
    List<Finding<S>> counted = new ArrayList<>();
    for (Finding<S> finding : result.findings()) {
      if (!file.excuses().containsKey(finding.property())) {
        violated.add(finding.property());
        counted.add(finding);
      }
    }
    Finding<S> shown = counted.stream().filter(f -> f.property().equals(file.violates())).findFirst()
        .orElse(counted.isEmpty() ? null : counted.getFirst());
    Verdict verdict = !counted.isEmpty() ? Verdict.FAIL : result.complete() ? Verdict.PASS : Verdict.UNKNOWN;
    var counts = result.counts();
    Reproduction.Half half = new Reproduction.Half(verdict, List.copyOf(violated), shown == null ? "" : shown.why(),
        counts.durableStates(), counts.crashStates(), counts.boundedWindows(),
        String.join("; ", result.notLookedAt()));
    return new Explored(half, shown == null ? List.of() : words(shrunk(device, shown)));
  }

  private static <S> FaultPlan shrunk(UpdatingDevice<S> device, Finding<S> finding) {
    if (finding.plan().steps().isEmpty()) {
      return finding.plan();
    }
    return new Shrinker<>(new Replay<>(device, Judgement::of))
        .shrink(finding.plan(), finding.property(), finding.why());
  }

  private static List<String> words(FaultPlan plan) {
    return plan.steps().stream().map(FaultPlan.Step::words).toList();
  }
}
