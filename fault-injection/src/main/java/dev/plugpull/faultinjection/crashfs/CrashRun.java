package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.List;

/** A workload that ran once, with everything it wrote: ready to be cut anywhere. */
public final class CrashRun {
  private final FileSystemRules rules;
  private final VolumeState start;
  private final List<Step> steps;
  private final String workloadClass;
  private final Bounds bounds;

  CrashRun(FileSystemRules rules, VolumeState start, List<Step> steps, String workloadClass, Bounds bounds) {
    this.rules = rules;
    this.start = start;
    this.steps = List.copyOf(steps);
    this.workloadClass = workloadClass;
    this.bounds = bounds;
  }

  CrashRun within(Bounds others) {
    return new CrashRun(rules, start, steps, workloadClass, others);
  }

  /**
   * Sends every crash state after every operation to the check.
   *
   * @throws AssertionError telling the story of the failure that loses least
   */
  public CrashReport thenRecover(RecoveryCheck check) {
    return thenRecover((root, promised) -> check.check(root));
  }

  /** As {@link #thenRecover(RecoveryCheck)}, for a check that wants to know what was promised before the cut. */
  public CrashReport thenRecover(RecoveryCheck.Promised check) {
    Judge judge = new Judge(check, workloadClass, bounds);
    Exploration.Outcome outcome = new Exploration(judge, 0, "").everything(start, steps);
    if (outcome.failure() != null) {
      throw failed(judge, outcome);
    }
    return new CrashReport(
        steps.size(), outcome.points(), outcome.states(), judge.checked(), judge.checkedInRecovery(),
        judge.boundedPoints());
  }

  private AssertionError failed(Judge judge, Exploration.Outcome outcome) {
    Failure innermost = outcome.failure();
    while (innermost.inRecovery() != null) {
      innermost = innermost.inRecovery();
    }
    List<String> cures = new Cures(judge, innermost).find();
    String story = Story.of(rules, outcome.failure(), outcome, cures);
    return new AssertionError(story, outcome.failure().cause());
  }

  /** The recorded operations in words, with the line that issued each. */
  public List<String> operations() {
    return steps.stream().map(step -> (step.words() + "   " + step.site().words()).strip()).toList();
  }
}
