package dev.plugpull.sim.slots;

import dev.plugpull.sim.device.Interruption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What happens to a device of this kind.
 *
 * @param name for people and for the catalogue
 * @param target how the new system behaves
 * @param strikes events one of which may strike once, at any crash point before the first cut
 * @param events what may happen once while the device is at rest: {@code rollback}, {@code again}
 * @param circumstances words that a family understands, such as {@code corrupt download}
 */
public record SlotScenario(
    String name, Behaviour target, Set<Interruption> strikes, List<String> events, SortedSet<String> circumstances) {

  /** The installed revision, the new one, and the one after that. */
  public static final int OLD = 1;

  public static final int NEW = 2;
  public static final int NEXT = 3;

  /** At rest: the user goes back to the old system. */
  public static final String ROLLBACK = "rollback";
  /** At rest: the user asks again for an update that failed or was cancelled. */
  public static final String AGAIN = "again";
  /** A circumstance: what strikes as a killed daemon is the user, who cancels the update. */
  public static final String CANCEL = "cancel";

  /** A circumstance: what the server delivers is damaged, every time. */
  public static final String DAMAGED = "damaged image";

  public SlotScenario {
    strikes = Collections.unmodifiableSet(new TreeSet<>(strikes));
    events = List.copyOf(events);
    circumstances = Collections.unmodifiableSortedSet(new TreeSet<>(circumstances));
  }

  /** An update to a good system, and nothing else. */
  public static SlotScenario update(String name) {
    return new SlotScenario(name, Behaviour.GOOD, Set.of(), List.of(), new TreeSet<>());
  }

  public SlotScenario behaving(Behaviour behaviour) {
    return new SlotScenario(name, behaviour, strikes, events, circumstances);
  }

  public SlotScenario struckBy(Interruption... more) {
    return new SlotScenario(name, target, Set.of(more), events, circumstances);
  }

  public SlotScenario followedBy(String... more) {
    return new SlotScenario(name, target, strikes, List.of(more), circumstances);
  }

  /** With a circumstance of the family. */
  public SlotScenario under(String... more) {
    SortedSet<String> all = new TreeSet<>(circumstances);
    all.addAll(new ArrayList<>(List.of(more)));
    return new SlotScenario(name, target, strikes, events, all);
  }

  public boolean is(String circumstance) {
    return circumstances.contains(circumstance);
  }

  /** How a revision behaves: only the offered one can be bad. */
  public Behaviour behaviour(int revision) {
    return revision == NEW ? target : Behaviour.GOOD;
  }

  /** True if the update is one that should arrive. */
  public boolean good() {
    return target == Behaviour.GOOD && !is(DAMAGED);
  }
}
