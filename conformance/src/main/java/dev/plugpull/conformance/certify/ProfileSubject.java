package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.reports.Hazard;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A device of any family, as a profile describes it. The whole of it is on trial, so every violation counts. */
final class ProfileSubject implements Subject {
  private final Family family;
  private final Profile profile;

  ProfileSubject(Family family, Profile profile) {
    this.family = family;
    this.profile = profile;
  }

  @Override
  public List<String> scenarios() {
    return family.scenarios(profile);
  }

  @Override
  public SortedMap<String, String> notTried() {
    return family.notTried();
  }

  @Override
  public UpdatingDevice<?> device(String scenario, Set<Blame.Exchange> exchanged) {
    Profile twin = exchanged.contains(Blame.Exchange.PLATFORM) ? profile.withoutVariants() : profile;
    return family.device(
        exchanged.contains(Blame.Exchange.MEDIUM) ? twin.with(Family.MEDIUM, Family.IDEAL) : twin, scenario);
  }

  @Override
  public List<Blame.Exchange> parties() {
    List<Blame.Exchange> parties = new ArrayList<>();
    if (!profile.variants().isEmpty()) {
      parties.add(Blame.Exchange.PLATFORM);
    }
    if (family.settings().stream()
        .anyMatch(s -> s.name().equals(Family.MEDIUM) && s.allowed().contains(Family.IDEAL))) {
      parties.add(Blame.Exchange.MEDIUM);
    }
    return parties;
  }

  @Override
  public Optional<Hazard> explaining(Finding<?> finding) {
    return Optional.empty();
  }

  @Override
  public boolean counts(Party attributedTo, boolean explained) {
    return true;
  }

  @Override
  public Hazard spurious(String why, long count) {
    return new Hazard("spurious", "a power cut while the new system is tried rolls a good update back",
        "power fails between the first start of the new system and its commit; the device survives on the old system",
        count, Party.PLATFORM);
  }

  @Override
  public String actor(String point) {
    return family.title();
  }

  @Override
  public SortedMap<String, String> scripts() {
    return new TreeMap<>();
  }
}
