package dev.plugpull.scenarios.assertj;

import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.Tried;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;

/** Where the assertions begin. */
public final class PlugpullAssertions {
  private PlugpullAssertions() {}

  /** About where a device ended. */
  public static OutcomeAssert assertThat(Outcome outcome) {
    return new OutcomeAssert(outcome, "");
  }

  /** About what is seen of a device that settled. */
  public static OutcomeAssert assertThat(Observation observation) {
    return new OutcomeAssert(observation.outcome(), ", runs " + observation.running() + ", reports "
        + observation.reported() + ", change " + observation.change());
  }

  /** About everything that cuts and strikes make of a device. */
  public static TriedAssert assertThat(Tried<?> exploration) {
    return new TriedAssert(exploration);
  }

  /** About one history. */
  public static AttemptAssert assertThat(Attempt<?> attempt) {
    return new AttemptAssert(attempt);
  }
}
