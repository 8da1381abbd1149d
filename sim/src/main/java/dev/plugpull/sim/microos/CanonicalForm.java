package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;

/**
 * The declared reductions of a device's durable state.
 *
 * <ul>
 *   <li><em>rename</em>: numbers of snapshots count by their order; numbers of snapshots that are gone are one;
 *   <li><em>inert</em>: folders without info.xml (hazard M9): snapper lists none of them, and no number is given twice
 *       while they are there;
 *   <li><em>inert</em>: what is in a snapshot that is flagged as in progress and is not the default: it is only ever
 *       deleted;
 *   <li><em>inert</em>: temporary files of cut-off atomic writes;
 *   <li><em>whole or not</em>: how much of an opaque file is missing.
 * </ul>
 *
 * <p>Twin test: {@code MicroOsCanonicalFormTest} boots a sample of merged states and compares their successors.
 */
final class CanonicalForm {
  private static final Hash128 DAMAGED = Hash128.of("damaged");
  private static final Hash128 FOLDER = Hash128.of("folder");

  private final Map<Hash128, Hash128> known = new ConcurrentHashMap<>();

  Hash128 key(Resting<World, Seen> state) {
    VolumeState volume = state.volumes().getFirst();
    Hash128 hash = volume.hash();
    Hash128 reduced = known.get(hash);
    if (reduced == null) {
      reduced = reduce(volume);
      known.put(hash, reduced);
    }
    return state.remains().hash().plus(reduced);
  }

  private static Hash128 reduce(VolumeState volume) {
    byte[] block = volume.open().readRaw(Layout.ENVIRONMENT_OFFSET, Layout.ENVIRONMENT_BYTES);
    Hash128 result = Hash128.of(block).then(new Walk(volume.recovered()).hash());
    if (volume.homeIsCurrent()) {
      return result;
    }
    // What the loader sees: the last commit. The walk below reads it through the loader's eyes only if it differs.
    return result.then(Hash128.of("lagging")).then(volume.hash());
  }

  /** One tree under the numbering of its own. */
  private static final class Walk implements IntUnaryOperator {
    private final Tree tree;
    private final List<Integer> listed;
    private final List<Integer> numbers;
    private final int next;
    private final int defaultSnapshot;

    Walk(Tree tree) {
      this.tree = tree;
      this.listed = Layout.listed(tree);
      TreeSet<Integer> all = new TreeSet<>(listed);
      all.addAll(Layout.numbers(tree, Layout.OVERLAYS));
      this.numbers = List.copyOf(all);
      this.next = listed.isEmpty() ? 1 : listed.getLast() + 1;
      this.defaultSnapshot = Layout.defaultSnapshot(tree);
    }

    @Override
    public int applyAsInt(int number) {
      return numbers.indexOf(number) + 1;
    }

    Hash128 hash() {
      Hash128 sum = Hash128.of("default " + applyAsInt(defaultSnapshot));
      sum = sum.then(inner(tree.root(), ""));
      for (int number : numbers) {
        if (!listed.contains(number)) {
          sum = sum.then(Hash128.of("overlay " + applyAsInt(number) + (number == next ? " next" : "")));
        }
      }
      return sum;
    }

    private Hash128 inner(Tree.Directory directory, String path) {
      Hash128 sum = FOLDER;
      for (int i = 0; i < directory.size(); i++) {
        String name = directory.name(i);
        String at = path + "/" + name;
        if (at.equals("/.btrfs") || name.endsWith(FileCalls.TEMPORARY) || inert(path, name)) {
          continue;
        }
        String shown = path.equals(Layout.SNAPSHOTS) || path.equals(Layout.OVERLAYS)
            ? "#" + applyAsInt(Integer.parseInt(name))
            : name;
        sum = sum.plus(Hash128.of(shown).then(node(directory.node(i), at)));
      }
      return sum;
    }

    private boolean inert(String path, String name) {
      if (path.equals(Layout.SNAPSHOTS)) {
        return !listed.contains(Integer.parseInt(name));
      }
      if (!path.startsWith(Layout.SNAPSHOTS + "/") || name.equals("info.xml")
          || path.indexOf('/', Layout.SNAPSHOTS.length() + 1) >= 0) {
        return false;
      }
      int number = Integer.parseInt(path.substring(Layout.SNAPSHOTS.length() + 1));
      return number != defaultSnapshot && Info.of(tree, number).inProgress();
    }

    private Hash128 node(Tree.Node node, String path) {
      return switch (node) {
        case Tree.Symlink link -> link.hash();
        case Tree.File file -> file.content().isPart() ? DAMAGED
            : file.content().value() instanceof Numbered numbered ? numbered.hash(this) : file.content().hash();
        case Tree.Directory below -> Subvolumes.exists(tree, path)
            ? inner(below, path).then(Hash128.of(Subvolumes.isReadOnly(tree, path) ? "ro" : "rw"))
            : inner(below, path);
      };
    }
  }
}
