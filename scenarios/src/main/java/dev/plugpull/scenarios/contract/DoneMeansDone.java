package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** DURAB: once success was reported it survives any later cut. */
final class DoneMeansDone implements Property {
  @Override
  public String id() {
    return "DURAB";
  }

  @Override
  public String title() {
    return "done means done";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    if (!story.settled() || !story.observation().change().equals("done")) {
      return Optional.empty();
    }
    return story.observation().outcome() == Outcome.OLD && !story.observation().why().equals("reverted")
        ? Optional.of("success was reported, and the old system runs")
        : Optional.empty();
  }
}
