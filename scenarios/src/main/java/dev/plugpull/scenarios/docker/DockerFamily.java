package dev.plugpull.scenarios.docker;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.docker.DockerScenario;
import dev.plugpull.sim.docker.DockerSetup.Departure;
import dev.plugpull.sim.docker.DockerSetup.Replacement;
import dev.plugpull.sim.docker.DockerSetup;
import dev.plugpull.sim.docker.RestartPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Applications as Docker containers that follow a tag. */
public final class DockerFamily implements Family {
  private static final String LAYERS = "layers";
  private static final String RESTART = "restart";
  private static final String REPLACEMENT = "replacement";
  private static final String IMAGES = "old-images";

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
            "whether a layer's files are synced before it is registered; overlay2 does not"),
        new Setting(RESTART, Arrays.stream(RestartPolicy.values()).map(RestartPolicy::word).toList(), "unless-stopped",
            "restart policy of the containers"),
        new Setting(REPLACEMENT, List.of("rename", "remove"), "rename",
            "whether the old container keeps until the new one is healthy, under another name, or is removed first"),
        new Setting(IMAGES, List.of("pruned", "kept"), "pruned",
            "what becomes of images that no container needs after an update"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(Departure.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return DockerScenario.all().stream().map(DockerScenario::name).toList();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    DockerScenario found = DockerScenario.all().stream().filter(it -> it.name().equals(scenario)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("cannot try '" + scenario + "': " + title() + " lacks it"));
    return new DockerSetup(
        profile.setting(LAYERS).equals("synced"),
        RestartPolicy.valueOf(profile.setting(RESTART).toUpperCase(Locale.ROOT).replace('-', '_')),
        Replacement.valueOf(profile.setting(REPLACEMENT).toUpperCase(Locale.ROOT)),
        profile.setting(IMAGES).equals("pruned"),
        profile.setting(MEDIUM).equals(IDEAL),
        found,
        Variants.chosen(profile, Departure.class)).device();
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "ext4, ordered: any tail of the journal may be lost, and data that was not forced",
        "an orchestrator follows the tag at every start, except where a person asks once: then nobody is there after a"
            + " cut, and restart policies decide",
        "the orchestrator remembers which version was healthy, looks at the health of a new one, and goes back",
        "what an unregistered layer or a container without configuration leaves goes with the next one of its name",
        "the registry is there and good; networks, swarm, the containerd store and writable layers are not modelled",
        "an application runs if its container was started and every file of its layers is whole");
  }
}
