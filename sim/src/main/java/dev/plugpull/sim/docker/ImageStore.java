package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.PoweredOn;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Images of the overlay2 store: pull, tags and pruning (flatpak-docker.md B1, B2). */
final class ImageStore {
  static final String DOWNLOADS = "/tmp";

  private final DockerSetup setup;
  private final LiveVolume volume;
  private final FileCalls files;

  ImageStore(DockerSetup setup, PoweredOn<DockerWorld, Seen> machine) {
    this.setup = setup;
    this.volume = machine.volume(0);
    this.files = new FileCalls(machine, volume);
  }

  /** Why the daemon cannot start with these records; empty if it can. */
  static String refusal(Tree tree) {
    for (String layer : tree.names(Image.RECORDS)) {
      boolean passedOver = layer.endsWith(FileCalls.TEMPORARY) || layer.endsWith(Image.REMOVING)
          || tree.names(Image.RECORDS + "/" + layer).isEmpty();
      Content record = tree.content(Image.recordPath(layer));
      if (!passedOver && (record == null || record.length() == 0 || record.isPart())) {
        return "the record of layer " + layer + " cannot be read: layer does not exist";
      }
    }
    return "";
  }

  /** When the daemon starts, downloads go, and what a removal left that a cut ended. */
  void cleanUp() {
    for (String name : volume.tree().names(DOWNLOADS)) {
      files.remove("D1.cleared", DOWNLOADS + "/" + name);
    }
    for (String name : volume.tree().names(Image.RECORDS)) {
      if (name.endsWith(Image.REMOVING)) {
        forget(name.substring(0, name.length() - Image.REMOVING.length()));
      }
    }
  }

  /**
   * Layers parent first, then the image, then the tag.
   *
   * @return why it failed; empty if it did not
   */
  String pull(Image image) {
    for (String layer : image.layers()) {
      if (!Image.registered(volume.tree(), layer)) {
        String failure = pull(layer);
        if (!failure.isEmpty()) {
          return failure;
        }
      }
    }
    if (!image.config().equals(volume.tree().content(image.configPath()))) {
      files.atomic("D6", image.configPath(), image.config(), false);
    }
    if (!Image.tags(image.version()).equals(volume.tree().content(Image.TAGS))) {
      files.atomic("D7", Image.TAGS, Image.tags(image.version()), false);
    }
    return "";
  }

  private String pull(String layer) {
    if (volume.tree().exists(Image.RECORDS + "/" + layer)) {
      return "cannot register layer " + layer + ": file exists";
    }
    String download = DOWNLOADS + "/" + layer;
    String path = Image.LAYERS + "/" + layer;
    try {
      files.plain("D1", download, Image.compressed(layer));
      if (!Image.compressed(layer).equals(volume.tree().content(download))) {
        return "layer " + layer + " has another digest";
      }
      files.removeTree("D3.again", path);
      volume.mkdir(path);
      files.point("D3.made", "makes", path);
      files.plain("D3", path + "/diff", Image.files(layer));
      if (setup.layersSynced()) {
        volume.fsync(path + "/diff");
        files.point("D3.synced", "syncs", path);
      }
      register(layer);
      files.remove("D4.download", download);
    } catch (NoSpaceException full) {
      files.remove("D1.failed", download);
      files.removeTree("D3.failed", path);
      files.removeTree("D4.failed", Image.RECORDS + "/" + layer + FileCalls.TEMPORARY);
      throw full;
    }
    return "";
  }

  private void register(String layer) {
    String temporary = Image.RECORDS + "/" + layer + FileCalls.TEMPORARY;
    files.removeTree("D4.again", temporary);
    volume.mkdir(temporary);
    files.plain("D4.written", temporary + "/diff", Image.record(layer));
    if (!setup.has(DockerSetup.Departure.LAYER_RECORD_UNSYNCED)) {
      volume.fsync(temporary + "/diff");
      files.point("D4.synced", "syncs the record of layer", layer);
    }
    volume.rename(temporary, Image.RECORDS + "/" + layer);
    files.point("D4", "registers layer", layer);
  }

  /** Removes every image that is neither tagged nor the origin of a container, and layers that no other needs. */
  void prune(int tagged) {
    Set<String> images = new TreeSet<>(List.of(Image.other().configPath(), Image.app(tagged).configPath()));
    Set<String> layers = new TreeSet<>(Image.other().layers());
    layers.addAll(Image.app(tagged).layers());
    for (Container container : Container.all(volume.tree())) {
      images.add(container.image().configPath());
      layers.addAll(container.image().layers());
    }
    for (String name : volume.tree().names(Image.CONFIGS)) {
      if (!images.contains(Image.CONFIGS + "/" + name)) {
        files.remove("C7.image", Image.CONFIGS + "/" + name);
      }
    }
    // Children before parents: the layer of an application comes before its base.
    for (String layer : volume.tree().names(Image.RECORDS)) {
      if (!layers.contains(layer) && Image.registered(volume.tree(), layer)) {
        remove(layer);
      }
    }
  }

  private void remove(String layer) {
    if (setup.has(DockerSetup.Departure.LAYER_RECORD_EMPTIED)) {
      files.removeTree("C7.files", Image.LAYERS + "/" + layer);
      files.removeTree("C7.record", Image.RECORDS + "/" + layer);
      return;
    }
    volume.rename(Image.RECORDS + "/" + layer, Image.RECORDS + "/" + layer + Image.REMOVING);
    files.point("C7.unregistered", "takes from the database layer", layer);
    forget(layer);
  }

  private void forget(String layer) {
    files.removeTree("C7.files", Image.LAYERS + "/" + layer);
    files.removeTree("C7.record", Image.RECORDS + "/" + layer + Image.REMOVING);
  }
}
