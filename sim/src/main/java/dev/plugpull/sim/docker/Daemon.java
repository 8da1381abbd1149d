package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/** dockerd, and the orchestrator that asks it to follow a tag (flatpak-docker.md B2, B3). */
final class Daemon {
  static final String LAYERS = "/overlay2";
  static final String RECORDS = "/layerdb";
  static final String TAGS = "/repositories.json";
  static final String CONTAINERS = "/containers";
  static final String VOLUME = "/volumes/cache";
  static final long LAYER_BYTES = 20 << 20;
  private static final Content OPTIONS = Content.text("{\"options\":{}}\n");

  private final DockerSetup setup;
  private final PoweredOn<DockerWorld, String> machine;
  private final LiveVolume volume;
  private final FileCalls files;

  Daemon(DockerSetup setup, PoweredOn<DockerWorld, String> machine) {
    this.setup = setup;
    this.machine = machine;
    this.volume = machine.volume(0);
    this.files = new FileCalls(machine, volume);
  }

  static Content layer(String app, int version) {
    return Content.opaque(app + "-" + version, LAYER_BYTES);
  }

  static Content record(String app, int version) {
    return Content.text("layer " + app + "-" + version + "\n");
  }

  static Content tags(int version) {
    return Content.text("app:" + version + "\nother:1\n");
  }

  static Content container(String app, int version, boolean started) {
    return Content.text("image " + app + ":" + version + (started ? " started\n" : " created\n"));
  }

  /** Why the daemon does not start, empty if it does: it reads every record that it has. */
  static String refusal(Tree tree) {
    for (String layer : tree.names(RECORDS)) {
      Content record = tree.content(RECORDS + "/" + layer + "/diff");
      if (!layer.endsWith(FileCalls.TEMPORARY) && (record == null || record.length() == 0 || record.isPart())) {
        return "the record of layer " + layer + " cannot be read: layer does not exist";
      }
    }
    Content options = tree.content(VOLUME + "/opts.json");
    return options != null && !options.equals(OPTIONS) ? "the options of a volume are no JSON" : "";
  }

  /** The version that a started container runs from whole files; 0 if it does not run. */
  static int running(Tree tree, String app, int newest) {
    for (int version = 1; version <= newest; version++) {
      boolean started = container(app, version, true).equals(tree.content(CONTAINERS + "/" + app));
      if (started && layer(app, version).equals(tree.content(LAYERS + "/" + app + "-" + version + "/diff"))) {
        return version;
      }
    }
    return 0;
  }

  /** Follows the tag: pulls what is new, and makes the container anew unless it runs the tagged image. */
  void follow() {
    int wanted = machine.remains().offered();
    if (!tags(wanted).equals(volume.tree().content(TAGS))) {
      pull(wanted);
    }
    if (!container("app", wanted, true).equals(volume.tree().content(CONTAINERS + "/app"))) {
      recreate(wanted);
    }
  }

  private void pull(int version) {
    String layer = "app-" + version;
    if (!volume.tree().exists(RECORDS + "/" + layer)) {
      String path = LAYERS + "/" + layer;
      files.removeTree("D3.again", path);
      files.folders(path);
      files.plain("D3", path + "/diff", layer("app", version));
      if (setup.layersSynced()) {
        volume.fsync(path + "/diff");
        files.point("D3.synced", "syncs", path);
      }
      register(layer, version);
    }
    files.atomic("D7", TAGS, tags(version), false);
  }

  private void register(String layer, int version) {
    String temporary = RECORDS + "/" + layer + FileCalls.TEMPORARY;
    files.removeTree("D4.again", temporary);
    volume.mkdir(temporary);
    files.plain("D4.written", temporary + "/diff", record("app", version));
    if (!setup.has(DockerSetup.Departure.LAYER_RECORD_UNSYNCED)) {
      volume.fsync(temporary + "/diff");
      files.point("D4.synced", "syncs the record of layer", layer);
    }
    volume.rename(temporary, RECORDS + "/" + layer);
    files.point("D4", "registers layer", layer);
  }

  private void recreate(int version) {
    files.remove("C3", CONTAINERS + "/app");
    if (!volume.tree().exists(VOLUME)) {
      volume.mkdir(VOLUME);
    }
    if (!OPTIONS.equals(volume.tree().content(VOLUME + "/opts.json"))) {
      if (setup.has(DockerSetup.Departure.VOLUME_OPTIONS_IN_PLACE)) {
        files.plain("V1", VOLUME + "/opts.json", OPTIONS);
      } else {
        files.atomic("V1", VOLUME + "/opts.json", OPTIONS, false);
      }
    }
    files.atomic("C4", CONTAINERS + "/app", container("app", version, false), false);
    files.atomic("C5", CONTAINERS + "/app", container("app", version, true), false);
  }
}
