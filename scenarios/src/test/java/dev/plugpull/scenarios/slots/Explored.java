package dev.plugpull.scenarios.slots;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Predictable;
import dev.plugpull.scenarios.contract.Story;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Explores a device to the fixpoint and puts every settlement before the contract. */
public final class Explored {
  /** More than any reference scenario has: an exploration that reaches it grows without bound. */
  private static final long MOST_STATES = Long.getLong("plugpull.states", 40_000);

  private Explored() {}

  public static <S> Exploration<S> of(UpdatingDevice<S> device) {
    Predictable predictable = new Predictable();
    return new Explorer<>(device, end -> judge(end, predictable), ExplorationBounds.DEFAULT.withWorkUnits(MOST_STATES))
        .explore();
  }

  /** Ids of the properties that some history violates. */
  public static SortedSet<String> violated(Exploration<?> exploration) {
    SortedSet<String> ids = new TreeSet<>();
    exploration.findings().forEach(finding -> ids.add(finding.property()));
    return ids;
  }

  private static <S> List<Violation> judge(Settlement<S> end, Predictable predictable) {
    List<Violation> violations = new ArrayList<>();
    Contract.judge(story(end)).forEach(v -> violations.add(new Violation(v.property(), v.why())));
    if (end.settled()) {
      predictable.contradicts(end.observation())
          .ifPresent(why -> violations.add(new Violation(Predictable.ID, why)));
    }
    return violations;
  }

  private static Story story(Settlement<?> end) {
    Story.Ending ending = switch (end.kind()) {
      case SETTLED -> Story.Ending.SETTLED;
      case LOOP -> Story.Ending.LOOP;
      case STUCK -> Story.Ending.STUCK;
    };
    return new Story(ending, end.why(), end.assumed(), end.healedByPowerCycle(), end.boots(), end.undisturbed(),
        end.observation(), end.next() == null ? null : story(end.next()));
  }
}
