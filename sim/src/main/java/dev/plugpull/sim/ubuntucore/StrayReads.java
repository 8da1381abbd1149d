package dev.plugpull.sim.ubuntucore;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Paths on the data partition that some run of a boot loader used although states are not told apart by them: then
 * equal keys prove nothing.
 */
final class StrayReads {
  private final Set<String> paths = new ConcurrentSkipListSet<>();

  /** A loader asks what there is at a path, as the model has it. */
  void lookedUp(CoreSetup setup, String path) {
    // Folders on the way to the snaps are there from the first boot on and never go.
    boolean onTheWay = path.equals("/") || CoreSetup.SNAPS.startsWith(path + "/");
    if (!setup.loadsFromData() || !onTheWay) {
      used(setup, path);
    }
  }

  /** A loader lists or changes what there is at a path: on UC16 and UC18 only snaps are shown as they lag. */
  void used(CoreSetup setup, String path) {
    boolean told = setup.loadsFromData()
        ? path.equals(CoreSetup.SNAPS) || path.startsWith(CoreSetup.SNAPS + "/") && !path.contains("/.")
        : !setup.series().hasModeenv();
    if (!told) {
      paths.add(path);
    }
  }

  /** In words, for a verdict. */
  List<String> words() {
    return paths.stream().map(path -> "the boot loader uses " + path + " in system-data of the data partition; of that"
        + " partition, states are told apart only by what a loader of this series reads").toList();
  }
}
