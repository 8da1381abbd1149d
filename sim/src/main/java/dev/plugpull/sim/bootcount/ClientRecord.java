package dev.plugpull.sim.bootcount;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/**
 * What the client remembers of a deployment, in one file.
 *
 * @param state {@code idle}, {@code installing}, {@code rebooting}, {@code committing}, {@code rollback}
 * @param target release that is being installed, 0 if none
 * @param from partition of the system that installs it
 * @param result how the last one ended: {@code done N} or {@code failed N WHY}, empty if none did
 * @param artifact release that the client reports as installed
 */
record ClientRecord(String state, int target, String from, String result, int artifact) {
  static final String PATH = "/data/client/store";

  static ClientRecord fresh() {
    return new ClientRecord("idle", 0, "", "", 0);
  }

  /** Reads the file; null if it is there and cannot be read. */
  static ClientRecord read(Tree tree) {
    Content content = tree.content(PATH);
    if (content == null) {
      return fresh();
    }
    String[] lines = content.text().orElse("").split("\n", -1);
    return lines.length == 6 && lines[5].equals("end")
        ? new ClientRecord(lines[0], Integer.parseInt(lines[1]), lines[2], lines[3], Integer.parseInt(lines[4])) : null;
  }

  Content content() {
    return Content.text(state + "\n" + target + "\n" + from + "\n" + result + "\n" + artifact + "\nend");
  }

  ClientRecord state(String next) {
    return new ClientRecord(next, target, from, result, artifact);
  }

  ClientRecord ended(String how, int installed) {
    return new ClientRecord("idle", 0, "", how, installed);
  }
}
