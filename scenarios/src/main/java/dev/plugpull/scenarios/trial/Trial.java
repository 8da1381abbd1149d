package dev.plugpull.scenarios.trial;

import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import dev.plugpull.sim.device.UpdatingDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A device in one scenario, ready to be tried. Immutable; may be shared between threads if the device may.
 *
 * @param <S> the state between two boots
 */
public final class Trial<S> {
  private final String name;
  private final String scenario;
  private final UpdatingDevice<S> device;
  private final Profile profile;
  private final Path file;
  private final String violates;
  private final SortedMap<String, String> excuses;
  private final ExplorationBounds bounds;

  private Trial(String name, String scenario, UpdatingDevice<S> device, Profile profile, Path file, String violates,
      Map<String, String> excuses, ExplorationBounds bounds) {
    this.name = name;
    this.scenario = scenario;
    this.device = device;
    this.profile = profile;
    this.file = file;
    this.violates = known(violates, name);
    excuses.keySet().forEach(id -> known(id, name));
    this.excuses = Collections.unmodifiableSortedMap(new TreeMap<>(excuses));
    this.bounds = bounds;
  }

  private static String known(String id, String where) {
    List<String> ids = Contract.properties().stream().map(Property::id).toList();
    if (!id.isEmpty() && !ids.contains(id)) {
      throw new UnreadableProfileException(where, "there is no requirement '" + id + "'", "known are " + ids);
    }
    return id;
  }

  /**
   * The scenario of a profile file, which must name one.
   *
   * @throws UnreadableProfileException if the file is no profile or names no scenario
   */
  public static Trial<?> of(Path file) throws IOException {
    ProfileFile read = ProfileFile.read(file);
    return of(read, file);
  }

  /** As {@link #of(Path)}; {@code file} is where the profile can be found again. */
  public static Trial<?> of(ProfileFile read, Path file) {
    String scenario = read.scenario();
    if (scenario.isEmpty()) {
      throw new UnreadableProfileException(file.toString(), "it names no scenario", "write scenario: NAME, one of "
          + family(read.profile(), file.toString()).scenarios(read.profile()));
    }
    return of(read.profile(), scenario, file, read.violates(), read.excuses());
  }

  /** One scenario of a family's device. */
  public static Trial<?> of(Profile profile, String scenario) {
    return of(profile, scenario, null, "", Map.of());
  }

  private static Trial<?> of(
      Profile profile, String scenario, Path file, String violates, Map<String, String> excuses) {
    Family family = family(profile, profile.name());
    family.requireScenario(profile, scenario, profile.name());
    return of(profile, scenario, family.device(profile, scenario), file, violates, excuses);
  }

  private static <S> Trial<S> of(Profile profile, String scenario, UpdatingDevice<S> device, Path file,
      String violates, Map<String, String> excuses) {
    return new Trial<>(
        profile.name(), scenario, device, profile, file, violates, excuses, ExplorationBounds.DEFAULT);
  }

  private static Family family(Profile profile, String where) {
    return Families.named(profile.family(), where);
  }

  /** A device of one's own, already inside its scenario. The command cannot build it, so only Java can repeat it. */
  public static <S> Trial<S> of(String name, UpdatingDevice<S> device) {
    return new Trial<>(name, "", device, null, null, "", Map.of(), ExplorationBounds.DEFAULT);
  }

  /** The same trial within other bounds. */
  public Trial<S> within(ExplorationBounds other) {
    return new Trial<>(name, scenario, device, profile, file, violates, excuses, other);
  }

  /** The same trial; a violation of this requirement is excused by a clause that is told. */
  public Trial<S> excusing(String requirement, String clause) {
    TreeMap<String, String> more = new TreeMap<>(excuses);
    more.put(requirement, clause);
    return new Trial<>(name, scenario, device, profile, file, violates, more, bounds);
  }

  /** Searches everything that cuts and other strikes make of the device. */
  public Tried<S> explore() {
    return new Tried<>(this, new Explorer<>(device, Judgement::of, bounds).explore());
  }

  /** What becomes of the device under one plan, with the whole story. */
  public Replayed<S> replay(FaultPlan plan) {
    return new Replay<>(device, Judgement::of).trace(plan);
  }

  /** What becomes of the device under one plan, without the story. */
  public Replayed<S> check(FaultPlan plan) {
    return new Replay<>(device, Judgement::of).check(plan);
  }

  /** One history of this device. */
  public Attempt<S> attempt(FaultPlan plan) {
    return new Attempt<>(this, plan);
  }

  /** What people call the device. */
  public String name() {
    return name;
  }

  /** Name of the scenario, empty for a device of one's own. */
  public String scenario() {
    return scenario;
  }

  /** Device and scenario in words. */
  public String title() {
    return scenario.isEmpty() ? name : name + ", " + scenario;
  }

  public UpdatingDevice<S> device() {
    return device;
  }

  /** The device as a profile, empty for a device of one's own. */
  public Optional<Profile> profile() {
    return Optional.ofNullable(profile);
  }

  /** Where the profile was read. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** The requirement that this device is known to violate, empty for none. */
  public String violates() {
    return violates;
  }

  /** Requirement to the clause that excuses its violation. */
  public SortedMap<String, String> excuses() {
    return excuses;
  }

  @Override
  public String toString() {
    return title();
  }
}
