package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What fsck.fat makes of a volume, by its automatic answers: FAT 1 counts, the first owner of a cluster keeps it. */
final class FatCheck {
  private final FatState state;
  private final boolean salvage;
  private final TreeSet<Integer> claimed = new TreeSet<>();
  private final TreeSet<Integer> reached = new TreeSet<>();
  private final List<String> repairs = new ArrayList<>();
  private int renamed;

  FatCheck(FatState state, boolean salvage) {
    this.state = state;
    this.salvage = salvage;
  }

  Fat.Checked run() {
    if (state.isTidy()) {
      return new Fat.Checked(state.dirty(false), List.of());
    }
    Tree tree = Tree.of(directory(FatState.ROOT, "/"));
    tree = lost(tree);
    return new Fat.Checked(FatState.of(state.volume, tree), List.copyOf(repairs));
  }

  private Tree.Directory directory(int number, String path) {
    reached.add(number);
    Tree.Directory result = Tree.Directory.empty(-1 - number);
    FatDirectory directory = state.directory(number);
    if (directory == null) {
      return result;
    }
    if (!directory.isTidy()) {
      repairs.add("directory " + path + ": orphaned parts of long names or a name twice");
    }
    for (FatDirectory.Visible visible : directory.visible()) {
      String name = visible.name();
      if (result.get(name) != null) {
        name = String.format("FSCK%04d.000", renamed++);
        repairs.add("duplicate " + PathHash.child(path, visible.name()) + " renamed to " + name);
      }
      FatSlot.Short entry = visible.entry();
      if (entry.isDirectory()) {
        boolean again = reached.contains(entry.directory()) || entry.chain() >= 0 && !claim(entry.chain());
        result = again ? result : result.with(name, directory(entry.directory(), PathHash.child(path, name)));
      } else {
        result = result.with(name, new Tree.File(file(entry, PathHash.child(path, name)), 0, 0));
      }
    }
    return result;
  }

  private boolean claim(int chain) {
    FatChain mine = state.chain(chain);
    for (int other : claimed) {
      if (other == chain || mine != null && mine.overlaps(state.chain(other))) {
        return false;
      }
    }
    if (mine != null) {
      claimed.add(chain);
    }
    return true;
  }

  private Content file(FatSlot.Short entry, String path) {
    if (entry.size() == 0) {
      return Content.EMPTY;
    }
    FatChain chain = state.chain(entry.chain());
    if (chain == null || !chain.head()) {
      repairs.add(path + ": begins at a free cluster, truncated to 0");
      return Content.EMPTY;
    }
    if (!claim(entry.chain())) {
      repairs.add(path + ": shares clusters, truncated to 0");
      return Content.EMPTY;
    }
    long reachable = chain.reachable() * state.volume.clusterBytes();
    if (reachable >= entry.size()) {
      return state.content(entry);
    }
    repairs.add(path + ": chain shorter than the file, truncated to " + reachable);
    return chain.content().prefix(reachable);
  }

  /** Chains without an owner are freed, or kept as FSCKnnnn.REC. */
  private Tree lost(Tree tree) {
    Tree result = tree;
    int number = 0;
    for (int i = 0; i < state.chains.length; i++) {
      FatChain chain = state.chains[i];
      if (chain == null || !chain.head() || claimed.contains(i)) {
        continue;
      }
      repairs.add("lost chain of " + chain.clusters() + " clusters");
      if (salvage) {
        String name = String.format("/FSCK%04d.REC", number++);
        while (result.exists(name)) {
          name = String.format("/FSCK%04d.REC", number++);
        }
        long bytes = chain.reachable() * state.volume.clusterBytes();
        result = result.with(name, new Tree.File(whole(chain.content(), bytes), 0, 0));
      }
    }
    return result;
  }

  /** fsck does not know the size: a file of whole clusters. */
  private static Content whole(Content content, long bytes) {
    if (content.length() >= bytes) {
      return content.prefix(bytes);
    }
    return content.bytes().isPresent()
        ? Content.of(java.util.Arrays.copyOf(content.bytes().orElseThrow(), (int) bytes))
        : Content.opaque(content.name() + " in whole clusters", bytes);
  }
}
