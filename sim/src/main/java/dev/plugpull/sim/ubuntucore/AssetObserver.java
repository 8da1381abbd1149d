package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Asset;
import dev.plugpull.sim.ubuntucore.GadgetAssets.AssetStructure;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import java.util.Arrays;
import java.util.TreeSet;

/** Looks at the assets of a settled device: which revision brought what its next boot will use. */
final class AssetObserver {
  /** Neither of the revisions, or of several. */
  static final int MIXTURE = 0;

  private AssetObserver() {}

  /**
   * The revision of the gadget as a whole: of its assets and of the snap that snapd calls current.
   *
   * @return {@link #MIXTURE} if they disagree
   */
  static int revision(CoreSetup setup, CoreState state, SnapdRecord record) {
    int snap = record.snap(Part.GADGET).current();
    TreeSet<Integer> found = found(setup, state, Part.GADGET);
    return found.contains(snap) ? snap : MIXTURE;
  }

  /** False if the kernel's content on the partitions (H16) is of another revision than the kernel that runs. */
  static boolean matchKernel(CoreSetup setup, CoreState state, int kernel) {
    return found(setup, state, Part.KERNEL).contains(kernel);
  }

  static String words(CoreSetup setup, CoreState state, Part part) {
    TreeSet<Integer> found = found(setup, state, part);
    if (!tells(setup, part)) {
      return "the same in all revisions";
    }
    return found.first() == MIXTURE ? "of several revisions" : "of revision " + found.last();
  }

  static boolean tells(CoreSetup setup, Part part) {
    return setup.assets().of(part).stream().anyMatch(s -> s.assets().stream().anyMatch(Asset::tells));
  }

  /** The revisions that explain everything that lies there; empty if none does. */
  private static TreeSet<Integer> found(CoreSetup setup, CoreState state, Part part) {
    TreeSet<Integer> found = new TreeSet<>();
    for (int revision = Revisions.OLDEST; revision <= Revisions.NEXT; revision++) {
      if (explains(setup, state, part, revision)) {
        found.add(revision);
      }
    }
    if (found.isEmpty()) {
      found.add(MIXTURE);
    }
    return found;
  }

  private static boolean explains(CoreSetup setup, CoreState state, Part part, int revision) {
    for (AssetStructure structure : setup.assets().of(part)) {
      for (Asset asset : structure.assets()) {
        if (asset.tells() && !lies(setup, state, structure, asset, asset.at(revision))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean lies(
      CoreSetup setup, CoreState state, AssetStructure structure, Asset asset, Content wanted) {
    if (structure.home() == Home.UNMOUNTED) {
      return true;
    }
    if (structure.home() == Home.RAW) {
      LiveVolume raw = state.volumes().get(setup.layout().rawAreas()).open();
      byte[] bytes = raw.readRaw(setup.assets().place(asset.path()), GadgetAssets.IMAGE_BYTES);
      return wanted == null || Arrays.equals(bytes, GadgetAssets.imageBytes(wanted));
    }
    int volume = structure.home() == Home.SEED ? setup.layout().seed() : setup.layout().boot();
    Content there = state.volumes().get(volume).recovered().content(asset.path());
    return wanted == null ? there == null : wanted.equals(there);
  }
}
