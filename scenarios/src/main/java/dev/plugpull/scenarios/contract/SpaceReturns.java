package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** SPACE: after settling no more than the promised space is used. */
final class SpaceReturns implements Property {
  @Override
  public String id() {
    return "SPACE";
  }

  @Override
  public String title() {
    return "space returns";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    if (!story.settled() || story.observation().usedBlocks() <= story.observation().allowedBlocks()) {
      return Optional.empty();
    }
    return Optional.of(story.observation().usedBlocks() + " blocks of 4096 bytes are in use, allowed are "
        + story.observation().allowedBlocks());
  }
}
