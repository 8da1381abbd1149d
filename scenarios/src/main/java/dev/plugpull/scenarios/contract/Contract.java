package dev.plugpull.scenarios.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contract of a device: all properties, in the order in which reports list them. */
public final class Contract {
  private static final List<Property> ALL = List.of(
      new ComesBack(),
      new AllOrNothing(),
      new GoodUpdateArrives(),
      new BadUpdateGoesBack(),
      new Converges(),
      new NextUpdateWorks(),
      new DoneMeansDone(),
      new RunsOnlyVerified(),
      new NoDowngrade(),
      new DataKept(),
      new BaseIsReadOnly(),
      new Isolated(),
      new TellsTheTruth(),
      new SpaceReturns(),
      new Bounded());

  private Contract() {}

  /** Every property that one story can violate; {@link Predictable} needs several stories. */
  public static List<Property> properties() {
    return ALL;
  }

  /** Every promise of the contract in the order of reports, {@link Predictable} last. */
  public static List<Promise> promises() {
    List<Promise> promises = new ArrayList<>();
    ALL.forEach(property -> promises.add(new Promise(property.id(), property.title())));
    promises.add(new Promise(Predictable.ID, Predictable.TITLE));
    return promises;
  }

  /** A property's id and its title. */
  public record Promise(String id, String title) {}

  /** What a story violates. */
  public static List<Violated> judge(Story story) {
    List<Violated> violated = new ArrayList<>();
    for (Property property : ALL) {
      Optional<String> why = property.violatedBy(story);
      why.ifPresent(reason -> violated.add(new Violated(property.id(), reason)));
    }
    return violated;
  }

  /** A violated property and the reason. */
  public record Violated(String property, String why) {}
}
