package dev.plugpull.sim.flatpak;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/**
 * An application or a runtime, and where it lies (flatpak-docker.md A1).
 *
 * @param kind {@code app} or {@code runtime}
 * @param bytes size of a version
 */
record Ref(String kind, String name, long bytes) {
  static final Ref APP = new Ref("app", "editor", 8 << 20);
  static final Ref RUNTIME = new Ref("runtime", "platform", 16 << 20);
  static final Ref OTHER = new Ref("app", "player", 8 << 20);

  Content content(int version) {
    return Content.opaque(name + "-" + version, bytes);
  }

  /** The record that lies beside the files of a deployment. */
  Content record(int version) {
    return Content.text("deployed " + name + " " + version + "\n");
  }

  static Content pointer(int version) {
    return Content.text(version + "\n");
  }

  String folder() {
    return "/" + kind + "/" + name;
  }

  String deployment(int version) {
    return folder() + "/" + version;
  }

  String active() {
    return folder() + "/active";
  }

  String object(int version) {
    return "/repo/objects/" + name + "-" + version;
  }

  /** The reference as the remote has it. */
  String remote() {
    return "/repo/remotes/" + name;
  }

  /** The reference that keeps the objects of what is deployed. */
  String deployed() {
    return "/repo/deploy/" + name;
  }

  String removed(int version) {
    return "/removed/" + name + "-" + version;
  }

  /** Menu entry of a version: this one changed its name. */
  String menuEntry(int version) {
    return "/exports/" + name + "-" + version + ".desktop";
  }

  /** What the link names; 0 if there is none. */
  int activeVersion(Tree tree) {
    String target = tree.target(active());
    return target == null ? 0 : Integer.parseInt(target);
  }

  /** The version that would start now; 0 if it would not. */
  int starts(Tree tree) {
    int version = activeVersion(tree);
    return version != 0 && whole(tree, deployment(version), version) ? version : 0;
  }

  boolean whole(Tree tree, String folder, int version) {
    return content(version).equals(tree.content(folder + "/files"))
        && record(version).equals(tree.content(folder + "/deploy"));
  }
}
