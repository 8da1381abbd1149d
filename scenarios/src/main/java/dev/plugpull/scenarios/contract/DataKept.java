package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** DATA: user data and configuration are kept as the family promises. */
final class DataKept implements Property {
  @Override
  public String id() {
    return "DATA";
  }

  @Override
  public String title() {
    return "data kept";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    if (!story.settled()) {
      return Optional.empty();
    }
    for (var entry : story.observation().data().entrySet()) {
      if (!entry.getValue().equals("kept")) {
        return Optional.of("data of " + entry.getKey() + " is " + entry.getValue());
      }
    }
    return Optional.empty();
  }
}
