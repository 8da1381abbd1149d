package dev.plugpull.scenarios.contract;

import java.util.Optional;

/** BOUND: download, try, commit and rollback finish in bounded time and writes. */
final class Bounded implements Property {
  @Override
  public String id() {
    return "BOUND";
  }

  @Override
  public String title() {
    return "bounded";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    return story.observation().boundsKept() ? Optional.empty() : Optional.of("a bounded effort was exceeded");
  }
}
