package dev.plugpull.sim.docker;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container as its {@code config.v2.json} has it (flatpak-docker.md B1, B3).
 *
 * @param id name of its folder; real ones are random, here the image and a letter
 * @param name by which it is asked for
 * @param version of the image that it was made from, whatever the tag names today
 * @param running true if it ran when the file was written
 * @param startedBefore true if it was ever started
 * @param stoppedByHand true if somebody stopped it since
 * @param dead true once its removal has begun
 */
record Container(String id, String name, int version, boolean running, boolean startedBefore, boolean stoppedByHand,
    boolean dead) {
  static final String FOLDER = "/containers";
  static final String BACKUP = Image.APP + "_old";

  static Container created(String id, String name, int version) {
    return new Container(id, name, version, false, false, false, false);
  }

  Image image() {
    return name.equals(Image.OTHER) ? Image.other() : Image.app(version);
  }

  Container started() {
    return new Container(id, name, version, true, true, false, dead);
  }

  Container stopped() {
    return new Container(id, name, version, false, startedBefore, true, dead);
  }

  Container renamed(String other) {
    return new Container(id, other, version, running, startedBefore, stoppedByHand, dead);
  }

  Container removing() {
    return new Container(id, name, version, false, startedBefore, stoppedByHand, true);
  }

  String folder() {
    return FOLDER + "/" + id;
  }

  String configPath() {
    return folder() + "/config.v2.json";
  }

  String hostPath() {
    return folder() + "/hostconfig.json";
  }

  Content config() {
    return Content.text(String.join(" ", name, Integer.toString(version), Boolean.toString(running),
        Boolean.toString(startedBefore), Boolean.toString(stoppedByHand), Boolean.toString(dead)) + "\n");
  }

  /** What a folder's configuration says; empty if it is missing or no JSON: the daemon passes over it. */
  static Optional<Container> read(Tree tree, String id) {
    Content content = tree.content(FOLDER + "/" + id + "/config.v2.json");
    if (content == null || content.isPart() || content.length() == 0) {
      return Optional.empty();
    }
    return content.text().map(text -> {
      String[] word = text.strip().split(" ");
      return new Container(id, word[0], Integer.parseInt(word[1]), Boolean.parseBoolean(word[2]),
          Boolean.parseBoolean(word[3]), Boolean.parseBoolean(word[4]), Boolean.parseBoolean(word[5]));
    });
  }

  static List<Container> all(Tree tree) {
    List<Container> all = new ArrayList<>();
    for (String id : tree.names(FOLDER)) {
      read(tree, id).ifPresent(all::add);
    }
    return all;
  }

  static Optional<Container> named(Tree tree, String name) {
    return all(tree).stream().filter(it -> it.name().equals(name) && !it.dead()).findFirst();
  }
}
