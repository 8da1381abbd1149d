package dev.plugpull.scenarios.slots;

import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.slots.SlotScenario;
import java.util.List;

/** Scenarios by name. */
public final class Catalogue {
  private final String title;
  private final List<SlotScenario> scenarios;

  /** The scenarios of a family, in the order in which they are tried. */
  public Catalogue(String title, List<SlotScenario> scenarios) {
    this.title = title;
    this.scenarios = List.copyOf(scenarios);
  }

  public List<String> names() {
    return scenarios.stream().map(SlotScenario::name).toList();
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SlotScenario named(String name) {
    return scenarios.stream().filter(scenario -> scenario.name().equals(name)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("cannot find scenario '" + name + "' of " + title));
  }

  /** True if a setting has this value. */
  public static boolean is(Profile profile, String setting, String value) {
    return profile.setting(setting).equals(value);
  }
}
