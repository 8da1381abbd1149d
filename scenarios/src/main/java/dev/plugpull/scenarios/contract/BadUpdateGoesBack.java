package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** ROLLBACK: after a failed try the old system runs, by itself, and says so. */
final class BadUpdateGoesBack implements Property {
  @Override
  public String id() {
    return "ROLLBACK";
  }

  @Override
  public String title() {
    return "bad update goes back";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    if (!story.settled() || story.observation().targetGood()) {
      return Optional.empty();
    }
    if (story.observation().outcome() != Outcome.OLD) {
      return Optional.of("after a bad update the " + story.observation().outcome().word() + " system runs");
    }
    return story.observation().change().equals("failed")
        ? Optional.empty()
        : Optional.of("the old system runs again, but the update is reported as " + story.observation().change());
  }
}
