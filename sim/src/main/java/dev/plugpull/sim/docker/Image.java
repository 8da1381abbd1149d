package dev.plugpull.sim.docker;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.List;

/**
 * A version of an application: a chain of layers named by their content. The third version of the application that is
 * updated takes back the change of its own layer, so that its chain ends in the layer of the first.
 */
record Image(String app, int version) {
  static final int OLD = 1;
  static final int NEW = 2;
  static final int NEXT = 3;
  static final String APP = "app";
  static final String OTHER = "other";
  static final String LAYERS = "/overlay2";
  static final String RECORDS = "/layerdb";
  static final String CONFIGS = "/imagedb";
  static final String TAGS = "/repositories.json";
  /** What pruning gives a record before it removes what the record stands for. */
  static final String REMOVING = "-removing";

  private static final long LAYER_BYTES = 20 << 20;

  static Image app(int version) {
    return new Image(APP, version);
  }

  static Image other() {
    return new Image(OTHER, OLD);
  }

  /** Digests of the layers, parent first. */
  List<String> layers() {
    if (app.equals(OTHER)) {
      return List.of("base-1", "other-1");
    }
    return switch (version) {
      case OLD -> List.of("base-1", "app-1");
      case NEW -> List.of("base-2", "app-2");
      case NEXT -> List.of("base-2", "app-1");
      default -> throw new IllegalArgumentException("cannot find version " + version + " in the registry");
    };
  }

  String configPath() {
    return CONFIGS + "/" + app + "-" + version;
  }

  /** The image's configuration: its digest covers the digests of the layers. */
  Content config() {
    return Content.text("image " + app + ":" + version + " " + layers() + "\n");
  }

  /** Which image each tag names, when the application's tag names this version. */
  static Content tags(int version) {
    return Content.text("app:" + version + "\nother:1\n");
  }

  static Content files(String layer) {
    return Content.opaque(layer, LAYER_BYTES);
  }

  /** A layer as it comes from the registry: one block stands for all of them, as nobody reads what a cut left of it. */
  static Content compressed(String layer) {
    return Content.text("compressed " + layer + "\n");
  }

  static Content record(String layer) {
    return Content.text("layer " + layer + "\n");
  }

  static String filesPath(String layer) {
    return LAYERS + "/" + layer + "/diff";
  }

  static String recordPath(String layer) {
    return RECORDS + "/" + layer + "/diff";
  }

  static boolean registered(Tree tree, String layer) {
    return tree.exists(recordPath(layer));
  }

  /** True if the layers' files are as they were released. */
  boolean whole(Tree tree) {
    return layers().stream().allMatch(layer -> files(layer).equals(tree.content(filesPath(layer))));
  }
}
