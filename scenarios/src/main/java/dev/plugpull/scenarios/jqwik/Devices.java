package dev.plugpull.scenarios.jqwik;

import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Devices as profiles, and devices in a scenario. Both shrink to the family's standard device. */
public final class Devices {
  private Devices() {}

  /** Devices of any family. */
  public static Arbitrary<Profile> profiles() {
    return Arbitraries.of(Families.all()).flatMap(Devices::profiles);
  }

  /** Devices of a family as the real system has them: any settings, no variant. */
  public static Arbitrary<Profile> profiles(Family family) {
    return profiles(family, Set.of());
  }

  /** Devices of a family that may depart from the real system in any of these ways. */
  public static Arbitrary<Profile> profiles(Family family, Set<String> variants) {
    List<Arbitrary<String>> values = new ArrayList<>();
    for (Setting setting : family.settings()) {
      List<String> allowed = new ArrayList<>(setting.allowed());
      allowed.remove(setting.standard());
      allowed.addFirst(setting.standard());
      values.add(Arbitraries.of(allowed));
    }
    Arbitrary<Set<String>> departures = variants.isEmpty()
        ? Arbitraries.just(Set.of()) : Arbitraries.of(new TreeSet<>(variants)).set();
    Arbitrary<SortedMap<String, String>> settings = Combinators.combine(values).as(chosen -> settings(family, chosen));
    return Combinators.combine(settings.filter(s -> family.contradiction(s).isEmpty()), departures)
        .as((chosen, departing) -> Profile.of(family, family.title(), chosen, departing));
  }

  private static SortedMap<String, String> settings(Family family, List<String> values) {
    TreeMap<String, String> settings = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      settings.put(family.settings().get(i).name(), values.get(i));
    }
    return settings;
  }

  /** Devices inside one of their scenarios. */
  public static Arbitrary<Trial<?>> trials(Arbitrary<Profile> profiles) {
    return profiles.flatMap(profile -> {
      Family family = Families.named(profile.family(), profile.name());
      return Arbitraries.of(family.scenarios(profile)).map(scenario -> Trial.of(profile, scenario));
    });
  }
}
