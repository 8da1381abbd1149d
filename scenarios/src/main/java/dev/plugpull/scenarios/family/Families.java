package dev.plugpull.scenarios.family;

import java.util.List;

/** Every family, one line each. */
public final class Families {
  private static final List<Family> ALL = List.of();

  private Families() {}

  public static List<Family> all() {
    return ALL;
  }

  /**
   * The family of this name.
   *
   * @param where the file that names it
   * @throws UnreadableProfileException if there is none
   */
  public static Family named(String name, String where) {
    return ALL.stream().filter(family -> family.name().equals(name)).findFirst().orElseThrow(
        () -> new UnreadableProfileException(where, "there is no family '" + name + "'",
            "known are " + ALL.stream().map(Family::name).toList()));
  }
}
