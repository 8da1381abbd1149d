package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** ISO: an update changes nothing that does not belong to it. */
final class Isolated implements Property {
  @Override
  public String id() {
    return "ISO";
  }

  @Override
  public String title() {
    return "isolated: an update changes only what is its own";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    return story.observation().foreignChange()
        ? Optional.of("the update changed something that does not belong to it")
        : Optional.empty();
  }
}
