package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** ANTIRB: nothing below the revocation or rollback floor runs. */
final class NoDowngrade implements Property {
  @Override
  public String id() {
    return "ANTIRB";
  }

  @Override
  public String title() {
    return "no downgrade";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    return story.observation().belowFloor()
        ? Optional.of("something runs below the floor: " + story.observation().running())
        : Optional.empty();
  }
}
