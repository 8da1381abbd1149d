package dev.plugpull.sim.microos;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;

/**
 * {@code info.xml} of a snapshot, always written with a temporary file, fsync, rename and fsync of the folder.
 *
 * @param inProgress set when the snapshot is made, cleared when the transaction is closed
 * @param cleanup true: the algorithm {@code number} may delete it
 * @param important true: a system that has worked; counts against a limit of its own
 */
record Info(boolean inProgress, boolean cleanup, boolean important) {

  Content content() {
    return Content.parsed(
        "<snapshot><cleanup>" + (cleanup ? "number" : "") + "</cleanup><important>" + important
            + "</important><in-progress>" + inProgress + "</in-progress></snapshot>\n", this);
  }

  static Info of(Tree tree, int number) {
    Content content = tree.content(Layout.info(number));
    return content != null && content.value() instanceof Info info ? info : null;
  }

  Info finished() {
    return new Info(false, cleanup, important);
  }

  Info forCleanup(boolean hasWorked) {
    return new Info(inProgress, true, hasWorked || important);
  }

  Info kept() {
    return new Info(inProgress, false, important);
  }
}
