package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * ISO: whatever becomes of the refresh of an app or of snapd, everything else on all partitions is, bit for bit, what
 * it was. The refreshed snap owns what bears its name; snapd its state, its download cache and the assertions.
 */
final class Isolation {
  private static final Set<String> OF_SNAPD = Set.of(SnapdRecord.PATH, "/var/lib/snapd/cache");

  private final CoreSetup setup;
  private final boolean judged;
  private final Hash128 installed;

  Isolation(CoreSetup setup) {
    this.setup = setup;
    this.judged = !setup.scenario().refreshed().isEmpty()
        && setup.scenario().refreshed().stream().noneMatch(Part::boots);
    this.installed = judged ? others(setup.installed()) : Hash128.ZERO;
  }

  /** True if something changed that does not belong to what is refreshed. */
  boolean broken(List<VolumeState> volumes) {
    return judged && !others(volumes).equals(installed);
  }

  private Hash128 others(List<VolumeState> volumes) {
    Hash128 hash = Hash128.ZERO;
    for (int i = 0; i < volumes.size(); i++) {
      hash = i == setup.layout().data()
          ? hash.then(without("", DiskFiller.without(volumes.get(i).recovered()).root()))
          : hash.then(volumes.get(i).hash());
    }
    return hash;
  }

  private Hash128 without(String path, Tree.Directory folder) {
    List<String> kept = new ArrayList<>();
    for (String name : folder.names()) {
      String inner = path + "/" + name;
      if (!owned(inner, name)) {
        Hash128 hash = folder.get(name) instanceof Tree.Directory directory
            ? without(inner, directory)
            : folder.get(name).hash();
        kept.add(name + hash);
      }
    }
    return Hash128.of(String.join("|", kept));
  }

  private boolean owned(String path, String name) {
    if (OF_SNAPD.contains(path) || path.contains("/asserts-v0/") || name.endsWith(Writes.TEMPORARY)) {
      return true;
    }
    return setup.scenario().refreshed().stream().anyMatch(part -> owned(part, path, name));
  }

  private boolean owned(Part part, String path, String name) {
    String snap = setup.name(part);
    boolean unit = name.startsWith("snap-" + snap + "-") || name.equals(App.unit(snap));
    boolean file = path.startsWith(Initramfs.SNAPS) && name.startsWith(snap + "_");
    return unit || file || path.equals("/snap/" + snap) || path.equals("/var/snap/" + snap)
        || path.equals(App.wrapper(snap)) || path.equals(App.alias(snap))
        || path.equals("/var/lib/snapd/sequence/" + snap + ".json")
        || part == Part.SNAPD && SnapdUnits.owns(path);
  }
}
