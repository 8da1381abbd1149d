package dev.plugpull.scenarios.family;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A device of a family as somebody describes it. A profile that {@link #of} made says every setting, with allowed
 * values, and names known variants only.
 *
 * @param family {@link Family#name}
 * @param name what people call the device
 * @param settings every setting of the family to its value
 * @param variants departures from the real system
 */
public record Profile(String family, String name, SortedMap<String, String> settings, SortedSet<String> variants) {

  public Profile {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    variants = Collections.unmodifiableSortedSet(new TreeSet<>(variants));
  }

  /**
   * A profile of a family; what is not said is as the family has it.
   *
   * @throws UnreadableProfileException if the family knows no such setting, value or variant, or no device can have
   *     these settings together
   */
  public static Profile of(Family family, String name, Map<String, String> said, Set<String> variants) {
    TreeMap<String, String> settings = new TreeMap<>();
    TreeMap<String, String> rest = new TreeMap<>(said);
    for (Setting setting : family.settings()) {
      String value = rest.containsKey(setting.name()) ? rest.remove(setting.name()) : setting.standard();
      if (!setting.allowed().contains(value)) {
        throw new UnreadableProfileException(name, "setting " + setting.name() + " is '" + value + "'",
            "it must be one of " + setting.allowed());
      }
      settings.put(setting.name(), value);
    }
    if (!rest.isEmpty()) {
      throw new UnreadableProfileException(name, family.title() + " has no setting '" + rest.firstKey() + "'",
          "known are " + family.settings().stream().map(Setting::name).toList());
    }
    family.contradiction(settings).ifPresent(why -> {
      throw new UnreadableProfileException(name, why, "change one of these settings");
    });
    for (String variant : variants) {
      if (!family.variants().containsKey(variant)) {
        throw new UnreadableProfileException(name, family.title() + " has no variant '" + variant + "'",
            "known are " + family.variants().keySet());
      }
    }
    return new Profile(family.name(), name, settings, new TreeSet<>(variants));
  }

  /** A profile that says nothing: the family's standard device. */
  public static Profile standard(Family family) {
    return of(family, family.title(), Map.of(), Set.of());
  }

  /** The value of a setting. */
  public String setting(String setting) {
    String value = settings.get(setting);
    if (value == null) {
      throw new IllegalArgumentException("cannot find setting " + setting + ": " + family + " does not declare it");
    }
    return value;
  }

  /** True if the device departs from the real system in this way. */
  public boolean has(String variant) {
    return variants.contains(variant);
  }

  /** The same device with another value of a setting. */
  public Profile with(String setting, String value) {
    TreeMap<String, String> changed = new TreeMap<>(settings);
    changed.put(setting, value);
    return new Profile(family, name, changed, variants);
  }

  /** The same device with the real system in every step. */
  public Profile withoutVariants() {
    return new Profile(family, name, settings, Collections.emptySortedSet());
  }
}
