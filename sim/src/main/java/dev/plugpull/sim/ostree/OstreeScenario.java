package dev.plugpull.sim.ostree;

import dev.plugpull.sim.device.Interruption;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What happens to a device: an update is on offer, and somebody asks for it.
 *
 * @param name for people and for the catalogue
 * @param target how the new release behaves
 * @param circumstances what is special about the world
 * @param interruptions what may strike once at any crash point
 * @param events what may happen once at rest: {@code rollback}
 */
public record OstreeScenario(
    String name,
    Behaviour target,
    Set<Circumstance> circumstances,
    Set<Interruption> interruptions,
    List<String> events) {

  public OstreeScenario {
    circumstances = Collections.unmodifiableSet(new TreeSet<>(circumstances));
    interruptions = Collections.unmodifiableSet(new TreeSet<>(interruptions));
    events = List.copyOf(events);
  }

  public static OstreeScenario upgrade(String name) {
    return new OstreeScenario(name, Behaviour.GOOD, Set.of(), Set.of(), List.of());
  }

  public OstreeScenario behaving(Behaviour behaviour) {
    return new OstreeScenario(name, behaviour, circumstances, interruptions, events);
  }

  public OstreeScenario in(Circumstance... more) {
    return new OstreeScenario(name, target, Set.of(more), interruptions, events);
  }

  public OstreeScenario struckBy(Interruption... strikes) {
    return new OstreeScenario(name, target, circumstances, Set.of(strikes), events);
  }

  public OstreeScenario followedBy(String... more) {
    return new OstreeScenario(name, target, circumstances, interruptions, List.of(more));
  }

  boolean has(Circumstance circumstance) {
    return circumstances.contains(circumstance);
  }
}
