package dev.plugpull.scenarios.family;

import java.util.List;

/**
 * One thing that a profile of a family may say.
 *
 * @param name as written in the profile
 * @param allowed the values it can have
 * @param standard what holds when the profile is silent; one of the allowed values
 * @param meaning for people, one line
 */
public record Setting(String name, List<String> allowed, String standard, String meaning) {
  public Setting {
    allowed = List.copyOf(allowed);
    if (!allowed.contains(standard)) {
      throw new IllegalArgumentException("cannot have setting " + name + ": " + standard + " is not among " + allowed);
    }
  }
}
