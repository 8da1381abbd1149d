package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** ATOM: exactly the old or exactly the new revision of each component runs. */
final class AllOrNothing implements Property {
  @Override
  public String id() {
    return "ATOM";
  }

  @Override
  public String title() {
    return "atomic: all or nothing";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    return story.settled() && story.observation().outcome() == Outcome.MIXED
        ? Optional.of("a combination runs that nobody released: " + story.observation().running())
        : Optional.empty();
  }
}
