package dev.plugpull.scenarios.docker;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.docker.DockerSetup.Departure;
import dev.plugpull.sim.docker.DockerSetup;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Applications as Docker containers that follow a tag. */
public final class DockerFamily implements Family {
  private static final String LAYERS = "layers";
  private static final String UPDATE = "update of one application";
  private static final String KILLED = "update of one application, daemon killed anywhere";

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public String title() {
    return "Docker";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(MEDIUM, List.of("disk", IDEAL), "disk", "what the disk does with writes that were not forced"),
        new Setting(LAYERS, List.of("unsynced", "synced"), "unsynced",
            "whether a layer's files are synced before it is registered; overlay2 does not"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(Departure.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return List.of(UPDATE, KILLED);
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    if (!scenarios(profile).contains(scenario)) {
      throw new IllegalArgumentException("cannot try '" + scenario + "': " + title() + " lacks it");
    }
    SortedSet<Interruption> strikes =
        new TreeSet<>(scenario.equals(KILLED) ? List.of(Interruption.DAEMON_KILLED) : List.of());
    return new DockerSetup(profile.setting(LAYERS).equals("synced"), profile.setting(MEDIUM).equals(IDEAL), strikes,
        Variants.chosen(profile, Departure.class)).device();
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "ext4, ordered: any tail of the journal may be lost, and data that was not forced",
        "an orchestrator follows the tag at every start, and makes the container anew unless it runs the tagged image",
        "old images are not pruned; a bad version of an application, health checks and networks are not modelled",
        "an application runs if its container was started and every file of its layer is whole");
  }
}
