package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** TRUTH: the reported outcome equals what runs. */
final class TellsTheTruth implements Property {
  @Override
  public String id() {
    return "TRUTH";
  }

  @Override
  public String title() {
    return "tells the truth";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    // A change in progress has reported no outcome yet; that it never ends is CONV's to judge.
    boolean reported = !story.observation().change().equals("doing") && !story.observation().change().equals("unknown");
    if (!story.settled() || !reported || story.observation().outcome() == Outcome.STUCK) {
      return Optional.empty();
    }
    for (var entry : story.observation().reported().entrySet()) {
      String runs = story.observation().running().getOrDefault(entry.getKey(), entry.getValue());
      if (!runs.equals(entry.getValue())) {
        return Optional.of(entry.getKey() + " " + entry.getValue() + " is reported, " + runs + " runs");
      }
    }
    return Optional.empty();
  }
}
