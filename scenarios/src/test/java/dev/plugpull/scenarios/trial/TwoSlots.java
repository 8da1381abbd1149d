package dev.plugpull.scenarios.trial;

import dev.plugpull.faultinjection.twin.TryCommitDevice;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small family for tests of the kit: two slots, try and commit. */
public final class TwoSlots implements Family {
  public static final String CARELESS = "careless";
  public static final String UPDATE = "update";

  @Override
  public String name() {
    return "two-slots";
  }

  @Override
  public String title() {
    return "two slots";
  }

  @Override
  public List<Setting> settings() {
    return List.of(new Setting("blocks", List.of("2", "3", "4"), "2", "blocks of the new system"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return new TreeMap<>(Map.of(CARELESS, "makes the slot active before its blocks are durable"));
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return List.of(UPDATE);
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    return new TryCommitDevice(Integer.parseInt(profile.setting("blocks")), !profile.has(CARELESS));
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of("a model of a few cells");
  }

  public static Profile good() {
    return Profile.standard(new TwoSlots());
  }

  public static Profile careless() {
    return Profile.of(new TwoSlots(), "careless slots", Map.of(), java.util.Set.of(CARELESS));
  }
}
