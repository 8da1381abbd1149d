package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code /var/lib/snapd/kernel/NAME/REV}: links to modules and firmware of a kernel (UC24 and later, K9 and K25). */
final class DriversTree {
  private static final List<String> LINKS = List.of("lib/firmware", "lib/modules");

  private DriversTree() {}

  static String path(CoreSetup setup, int revision) {
    return "/var/lib/snapd/kernel/" + setup.kernelName() + "/" + revision;
  }

  /** The links of a whole tree: path below {@link #path} to target. */
  static SortedMap<String, String> links(CoreSetup setup, int revision) {
    SortedMap<String, String> links = new TreeMap<>();
    LINKS.forEach(link -> links.put(link, target(setup, revision, link)));
    return links;
  }

  private static String target(CoreSetup setup, int revision, String link) {
    return "/snap/" + setup.kernelName() + "/" + revision + "/" + link;
  }

  /** P15: built in place, then one global sync. A folder that exists already is taken as it is (H5). */
  static void build(Machine machine, int revision) {
    LiveVolume data = machine.data();
    String path = path(machine.setup, revision);
    boolean aside = machine.setup.platform().driversTreeAtomic();
    if (data.tree().exists(path)) {
      return;
    }
    String place = aside ? path + Writes.TEMPORARY : path;
    if (aside && data.tree().exists(place)) {
      Writes.removeTree(machine, "K9.cleared", data, place);
    }
    for (String link : LINKS) {
      Writes.folders(data, Writes.parent(place + "/" + link));
      data.symlink(target(machine.setup, revision, link), place + "/" + link);
      machine.point("K9." + link, machine.tracing() ? "links " + link + " of the drivers tree" : "");
    }
    machine.syncAll();
    if (aside) {
      data.rename(place, path);
      machine.syncAll();
    }
    machine.point("K9", machine.tracing() ? "syncs everything" : "");
  }

  static boolean complete(LiveVolume data, CoreSetup setup, int revision) {
    for (String link : LINKS) {
      if (data.tree().target(path(setup, revision) + "/" + link) == null) {
        return false;
      }
    }
    return true;
  }

  static void remove(Machine machine, String point, int revision) {
    String path = path(machine.setup, revision);
    if (machine.data().tree().exists(path)) {
      Writes.removeTree(machine, point, machine.data(), path);
    }
  }
}
