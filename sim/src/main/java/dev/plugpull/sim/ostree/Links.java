package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.WeakestPosix;

/** A root file system made up so that every entry of a {@code /boot} leads somewhere. */
final class Links {
  private Links() {}

  /** Each entry's kernel folder counts, not where its links lead: one deployment stands for all. */
  static Tree standIn(Tree boot, String prefix) {
    LiveVolume live = WeakestPosix.format("stand-in").state().open();
    live.mount();
    Writes.folders(live, Sysroot.DEPLOY + "/c1.0");
    for (String loader : new String[] {"0", "1"}) {
      String folder = prefix + "/loader." + loader + "/entries";
      for (String name : boot.names(folder)) {
        String text = boot.content(folder + "/" + name) == null ? ""
            : boot.content(folder + "/" + name).text().orElse("");
        String[] parts = BootEntry.argument(text).split("/");
        if (parts.length == 6) {
          name(live, parts);
        }
      }
    }
    return live.tree();
  }

  private static void name(LiveVolume live, String[] parts) {
    String folder = "/ostree/" + parts[2] + ".0/" + parts[3] + "/" + parts[4];
    Writes.folders(live, folder);
    if (!live.tree().exists(folder + "/" + parts[5])) {
      live.symlink("../../../deploy/os/deploy/c1.0", folder + "/" + parts[5]);
    }
    if (!live.tree().exists("/ostree/" + parts[2])) {
      live.symlink(parts[2] + ".0", "/ostree/" + parts[2]);
    }
  }
}
