package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** NOBRICK: the device settles without a person. */
final class ComesBack implements Property {
  @Override
  public String id() {
    return "NOBRICK";
  }

  @Override
  public String title() {
    return "comes back";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    if (story.settled() || story.assumed()) {
      return Optional.empty();
    }
    String cycle = story.healedByPowerCycle() ? "; one power cycle heals it" : "; for good";
    return Optional.of(
        story.ending() == Story.Ending.LOOP
            ? "reboots for ever: " + story.why()
            : "needs a person: " + story.why() + cycle);
  }
}
