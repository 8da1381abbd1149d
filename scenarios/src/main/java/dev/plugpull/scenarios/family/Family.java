package dev.plugpull.scenarios.family;

import dev.plugpull.sim.device.UpdatingDevice;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** One family of updating systems. Everything it answers is a function of the profile. */
public interface Family {

  /** Name of the setting that says what the disk does, where a family has one. */
  String MEDIUM = "medium";

  /** The value of {@link #MEDIUM} under which every write is durable at once and in order: the medium's twin. */
  String IDEAL = "ideal";

  /** As written in profiles, such as {@code chrome-os}. */
  String name();

  /** For people, such as {@code Chrome OS}. */
  String title();

  /** What a profile may say, in the order in which it is told. */
  List<Setting> settings();

  /**
   * Why no device can have these settings together; empty if one can.
   *
   * @param settings every setting of the family to an allowed value
   */
  default Optional<String> contradiction(Map<String, String> settings) {
    return Optional.empty();
  }

  /** Departures from the real system, such as a historic order of steps: name to one line for people. */
  SortedMap<String, String> variants();

  /** Names of the scenarios that are tried on this device, in order. */
  List<String> scenarios(Profile profile);

  /**
   * Refuses a scenario that is not tried on this device.
   *
   * @param where what the error names
   * @throws UnreadableProfileException if {@link #scenarios} does not list it
   */
  default void requireScenario(Profile profile, String scenario, String where) {
    List<String> known = scenarios(profile);
    if (!known.contains(scenario)) {
      throw new UnreadableProfileException(where, "there is no scenario '" + scenario + "'", "known are " + known);
    }
  }

  /**
   * The device inside a scenario.
   *
   * @throws IllegalArgumentException if {@link #scenarios} does not list it
   */
  UpdatingDevice<?> device(Profile profile, String scenario);

  /** What a verdict takes for granted: medium, file-system rules, reductions, try counts, what was never run. */
  List<String> assumptions(Profile profile);

  /** Promises of the contract that nothing tries to break on a device of this family: id to why. Reports say so. */
  default SortedMap<String, String> notTried() {
    return Collections.emptySortedMap();
  }
}
