package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** RO: no step changes the running base. */
final class BaseIsReadOnly implements Property {
  @Override
  public String id() {
    return "RO";
  }

  @Override
  public String title() {
    return "read-only: nothing changes the running base";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    return story.observation().baseChanged()
        ? Optional.of("the running base differs from its release")
        : Optional.empty();
  }
}
