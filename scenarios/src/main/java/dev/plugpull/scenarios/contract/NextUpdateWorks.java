package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Outcome;
import java.util.Optional;

/** NEXT: the following update is taken. */
final class NextUpdateWorks implements Property {
  @Override
  public String id() {
    return "NEXT";
  }

  @Override
  public String title() {
    return "next update works";
  }

  @Override
  public Optional<String> violatedBy(Story story) {
    Story next = story.next();
    if (next == null) {
      return Optional.empty();
    }
    if (!next.settled()) {
      return next.assumed() ? Optional.empty() : Optional.of("the next update does not settle: " + next.why());
    }
    return next.observation().outcome() == Outcome.NEW
        ? Optional.empty()
        : Optional.of("the next update ends " + next.observation().outcome().word() + Told.because(next));
  }
}
