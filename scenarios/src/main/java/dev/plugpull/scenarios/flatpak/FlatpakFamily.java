package dev.plugpull.scenarios.flatpak;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.flatpak.FlatpakSetup.Departure;
import dev.plugpull.sim.flatpak.FlatpakSetup;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Applications and their runtime as Flatpaks. */
public final class FlatpakFamily implements Family {
  private static final String RELEASES = "releases";
  private static final String UPDATE = "update of an application and its runtime";
  private static final String KILLED = UPDATE + ", flatpak killed anywhere";
  private static final String FULL = UPDATE + ", disk full anywhere";
  private static final String RUNNING = "update of a running application";
  private static final String BACK = "update, then back to the old commit";

  @Override
  public String name() {
    return "flatpak";
  }

  @Override
  public String title() {
    return "Flatpak";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(MEDIUM, List.of("disk", IDEAL), "disk", "what the disk does with writes that were not forced"),
        new Setting(RELEASES, List.of("each", "together"), "each",
            "whether application and runtime are released each for itself, as Flatpak has it, or only as a pair"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(Departure.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return List.of(UPDATE, KILLED, FULL, RUNNING, BACK);
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    if (!scenarios(profile).contains(scenario)) {
      throw new IllegalArgumentException("cannot try '" + scenario + "': " + title() + " lacks it");
    }
    SortedSet<Interruption> strikes = new TreeSet<>(switch (scenario) {
      case KILLED -> List.of(Interruption.DAEMON_KILLED);
      case FULL -> List.of(Interruption.DISK_FULL);
      default -> List.of();
    });
    return new FlatpakSetup(profile.setting(MEDIUM).equals(IDEAL), profile.setting(RELEASES).equals("together"),
        scenario.equals(RUNNING), scenario.equals(BACK), strikes, Variants.chosen(profile, Departure.class)).device();
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "ext4, ordered: any tail of the journal may be lost, and data that was not forced",
        "an update of everything runs at every start; what it says counts as its report",
        "each application and runtime is one object; a left-over checkout stands for any number of them",
        "a version of the application gives its menu entry another name",
        "a bad version of an application, extensions, OCI remotes and parental controls are not modelled");
  }
}
