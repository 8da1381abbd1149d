package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.Interruption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What happens to the device: which snaps get a new revision, how that revision behaves, what else may strike.
 *
 * @param name for people and for the catalogue, such as {@code kernel refresh, new kernel panics}
 * @param refreshed the parts that get a new revision, together in one change
 * @param target how the new revision behaves; parts that are not named are good
 * @param interruptions events that may strike once at any crash point
 * @param events at-rest events that may happen once after the device settled: {@code revert}, {@code refresh again}
 *     after a failure, {@code refresh after revert}, {@code app closed}
 * @param circumstances what is special about it
 */
public record CoreScenario(
    String name,
    Set<Part> refreshed,
    Map<Part, Behaviour> target,
    Set<Interruption> interruptions,
    List<String> events,
    Set<Circumstance> circumstances) {

  public CoreScenario {
    // Walked by others: in the order of the declarations, the same in every run.
    refreshed = Collections.unmodifiableSet(new TreeSet<>(refreshed));
    target = Collections.unmodifiableMap(new TreeMap<>(target));
    interruptions = Collections.unmodifiableSet(new TreeSet<>(interruptions));
    events = List.copyOf(events);
    circumstances = Collections.unmodifiableSet(new TreeSet<>(circumstances));
  }

  /** A scenario without anything special. */
  public CoreScenario(
      String name,
      Set<Part> refreshed,
      Map<Part, Behaviour> target,
      Set<Interruption> interruptions,
      List<String> events) {
    this(name, refreshed, target, interruptions, events, Set.of());
  }

  public static CoreScenario refresh(String name, Part... parts) {
    return new CoreScenario(name, Set.of(parts), Map.of(), Set.of(), List.of());
  }

  public CoreScenario behaving(Part part, Behaviour behaviour) {
    Map<Part, Behaviour> more = new java.util.EnumMap<>(Part.class);
    more.putAll(target);
    more.put(part, behaviour);
    return new CoreScenario(name, refreshed, more, interruptions, events, circumstances);
  }

  public CoreScenario struckBy(Interruption... strikes) {
    return new CoreScenario(name, refreshed, target, Set.of(strikes), events, circumstances);
  }

  public CoreScenario followedBy(String... more) {
    return new CoreScenario(name, refreshed, target, interruptions, List.of(more), circumstances);
  }

  public CoreScenario with(Circumstance... special) {
    return new CoreScenario(name, refreshed, target, interruptions, events, Set.of(special));
  }

  public boolean is(Circumstance special) {
    return circumstances.contains(special);
  }

  /** True if the device starts in other modes than run, too. */
  boolean leavesRunMode() {
    return events.contains(RecoveryMode.ASKED) || is(Circumstance.CREATES_SYSTEM) || is(Circumstance.REMODELS)
        || is(Circumstance.INSTALLS) || is(Circumstance.RESETS);
  }

  /** In words, why a device like this one is not tried in this scenario; empty if it is. */
  public String unfit(CoreBoard board) {
    boolean made = is(Circumstance.CREATES_SYSTEM) || is(Circumstance.REMODELS);
    boolean endless = made && target.getOrDefault(Part.KERNEL, Behaviour.GOOD) != Behaviour.GOOD;
    if (leavesRunMode() && !board.series().hasModeenv()) {
      return "Ubuntu Core before 20 has run mode only";
    }
    if (made && board.loader() == CoreBoard.LoaderKind.LK) {
      return "snapd makes no recovery systems at run time where little kernel is the boot loader";
    }
    return endless && board.loader() != CoreBoard.LoaderKind.GRUB
        ? "known to end in an endless loop without any fault: only GRUB tries a recovery system once" : "";
  }

  /** False if the scenario speaks of files that the gadget refresh of this device does not write. */
  public boolean fits(GadgetAssets assets) {
    return !is(Circumstance.NO_ROOM_FOR_ASSETS) || assets.lastFiles().isPresent();
  }

  /** True if every new revision is a good one, at least when it is refreshed to for the first time. */
  public boolean good() {
    return target.values().stream().allMatch(b -> b == Behaviour.GOOD)
        && circumstances.stream().noneMatch(Circumstance::undoes);
  }
}
