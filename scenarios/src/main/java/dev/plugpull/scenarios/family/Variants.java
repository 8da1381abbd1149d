package dev.plugpull.scenarios.family;

import dev.plugpull.sim.device.Variant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The variants of one family, as it declares them and as a profile chooses them. */
public final class Variants {
  private Variants() {}

  /** Name to one line for people, as {@link Family#variants} has it. */
  public static SortedMap<String, String> of(Class<? extends Variant> family) {
    SortedMap<String, String> variants = new TreeMap<>();
    for (Variant variant : family.getEnumConstants()) {
      variants.put(variant.word(), variant.meaning());
    }
    return variants;
  }

  /** Those that a profile asks for, in the order of their declaration. */
  public static <V extends Enum<V> & Variant> SortedSet<V> chosen(Profile profile, Class<V> family) {
    SortedSet<V> chosen = new TreeSet<>();
    for (V variant : family.getEnumConstants()) {
      if (profile.has(variant.word())) {
        chosen.add(variant);
      }
    }
    return chosen;
  }
}
