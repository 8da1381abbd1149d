package dev.plugpull.scenarios.jqwik;

import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.ubuntucore.Behaviour;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What a store of snaps publishes, and what else goes on around the device. Shrinks to one good kernel. */
public final class Published {
  private Published() {}

  /** How a new revision behaves. */
  public static Arbitrary<Behaviour> releases() {
    return Arbitraries.of(Behaviour.values());
  }

  /** New revisions of one part or several in one change, good and bad ones, with what happens afterwards. */
  public static Arbitrary<CoreScenario> refreshes() {
    Arbitrary<Set<Part>> parts = Arbitraries.of(Part.KERNEL, Part.BASE).set().ofMinSize(1);
    Arbitrary<List<String>> events = Arbitraries.of("revert", "refresh again").list().ofMaxSize(1);
    return Combinators.combine(parts, releases(), releases(), environmentEvents().set().ofMaxSize(2), events)
        .as(Published::scenario);
  }

  /**
   * A device of Ubuntu Core for which one of these is published.
   *
   * @param profile of the family {@code ubuntu-core}
   */
  public static Arbitrary<Trial<?>> trials(Profile profile, Arbitrary<CoreScenario> published) {
    UbuntuCoreFamily family = new UbuntuCoreFamily();
    if (!profile.family().equals(family.name())) {
      throw new IllegalArgumentException(
          "cannot publish snaps for " + profile.name() + ": it is of family " + profile.family());
    }
    return published.map(scenario ->
        Trial.of(profile.name() + ", " + scenario.name(), family.device(profile, scenario)));
  }

  private static CoreScenario scenario(
      Set<Part> parts, Behaviour kernel, Behaviour base, Set<Interruption> strikes, List<String> events) {
    Map<Part, Behaviour> behaviours = new TreeMap<>();
    parts.forEach(part -> behaviours.put(part, part == Part.KERNEL ? kernel : base));
    return new CoreScenario("published " + new TreeMap<>(behaviours), parts, behaviours, strikes, events);
  }

  /** What may strike a running machine beside a power cut. */
  public static Arbitrary<Interruption> environmentEvents() {
    return Arbitraries.of(Interruption.values()).filter(event -> event != Interruption.NONE);
  }
}
