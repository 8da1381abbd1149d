package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** CONV: with faults over, the device reaches the target or a truthfully reported refusal. */
final class Converges implements Property {
  @Override
  public String id() {
    return "CONV";
  }

  @Override
  public String title() {
    return "converges";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    if (!story.settled() || !story.observation().updateOffered()) {
      return Optional.empty();
    }
    return switch (story.observation().change()) {
      case "done", "failed" -> Optional.empty();
      case "none" -> story.observation().outcome() == Outcome.NEW
          ? Optional.empty()
          : Optional.of("an update is on offer, and nothing is done about it");
      default -> Optional.of("the update never ends: " + story.observation().change() + Told.because(story));
    };
  }
}
