package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** PROGRESS: a good update without faults ends with the new system. */
final class GoodUpdateArrives implements Property {
  @Override
  public String id() {
    return "PROGRESS";
  }

  @Override
  public String title() {
    return "good updates arrive";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    boolean arrives = !story.undisturbed()
        || !story.observation().targetGood()
        || !story.observation().updateOffered()
        || story.settled() && story.observation().outcome() == Outcome.NEW;
    return arrives
        ? Optional.empty()
        : Optional.of("a good update without any fault ends " + story.observation().outcome().word()
            + Told.because(story));
  }
}
