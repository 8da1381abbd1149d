package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** INTEG: content is used only after its signature chain held. */
final class RunsOnlyVerified implements Property {
  @Override
  public String id() {
    return "INTEG";
  }

  @Override
  public String title() {
    return "runs only verified content";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    return story.observation().verified()
        ? Optional.empty()
        : Optional.of("content was used that no check had passed");
  }
}
