package dev.plugpull.sim.microos;

import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.FileCalls;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.filesystem.Btrfs;
import dev.plugpull.sim.filesystem.Fat;
import dev.plugpull.sim.filesystem.Subvolumes;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 *   <li><em>inert</em>: what is in a snapshot that is neither the default nor noted as one that worked: it is only ever
 *       deleted, or looked at for which release it holds;
 *   <li><em>inert</em>: overlays of /etc that no such snapshot has as a layer: they are emptied before they are used
 *       again;
 *   <li><em>inert</em>: temporary files of cut-off atomic writes, and what somebody else filled a disk with;
 *   <li><em>whole or not</em>: how much of an opaque file is missing;
 *   <li><em>read by the loader or not</em>: a last commit that lags behind the log counts by the files that GRUB reads;
 *       systemd-boot reads none of them;
 *   <li><em>inert</em>: what is in a snapshot whose boot entry has no tries left, while a system that has worked can be
 *       started;
 *   <li><em>inert</em>: slots and clusters of the EFI system partition while every name there is whole, and clusters
 *       that a cut-off copy has lost there; of a file that a cut has left untidy it counts what later writes will hit
 *       ({@link Fat#looseEnds}). The allocator coming round the whole partition, which many cuts in a row would have to
 *       bring about, is not looked at.
 * </ul>
 *
 * <p>Twin test: {@code MergedStatesTest} boots a sample of merged states and compares how they end.
 */
final class CanonicalForm {
  private static final Hash128 DAMAGED = Hash128.of("damaged");
  private static final Hash128 FOLDER = Hash128.of("folder");

  private final Map<Hash128, Hash128> known = new ConcurrentHashMap<>();
  private final Map<Hash128, Optional<List<Fat.LooseEnd>>> looseEnds = new ConcurrentHashMap<>();
  private final boolean nextCounts;

  /** @param nextCounts true if the overlay of the next snapshot to be made is read as it is */
  CanonicalForm(boolean nextCounts) {
    this.nextCounts = nextCounts;
  }

  Hash128 key(Resting<World, Seen> state) {
    VolumeState volume = state.volumes().getFirst();
    World world = state.remains();
    EfiVariables variables = world.variables();
    Hash128 hash = volume.hash();
    if (state.volumes().size() > 1) {
      hash = hash.then(state.volumes().get(1).hash()).then(Hash128.of(variables.toString()));
      world = world.draft().variables(EfiVariables.NONE).world();
    }
    Hash128 reduced = known.get(hash);
    if (reduced == null) {
      reduced = state.volumes().size() > 1 ? withEntries(volume, state.volumes().get(1), variables) : reduce(volume);
      known.put(hash, reduced);
    }
    return world.hash().plus(reduced);
  }

  /** Where names are broken on the EFI system partition all of it counts. */
  private Hash128 withEntries(VolumeState volume, VolumeState esp, EfiVariables variables) {
    Walk walk = new Walk(volume.recovered(), nextCounts, new EspForm(esp.recovered(), variables));
    Optional<List<Fat.LooseEnd>> ends = looseEnds.computeIfAbsent(esp.hash(), hash -> Fat.looseEnds(esp));
    return ends.isPresent() ? walk.hash().then(walk.entries.hash(walk)).then(EspForm.hash(ends.get(), walk))
        : walk.hash().then(esp.hash()).then(Hash128.of(walk.numbers + variables.toString()));
  }

  private Hash128 reduce(VolumeState volume) {
    byte[] block = volume.open().readRaw(Layout.ENVIRONMENT_OFFSET, Layout.ENVIRONMENT_BYTES);
    Walk walk = new Walk(volume.recovered(), nextCounts, null);
    Hash128 result = Hash128.of(block).then(walk.hash());
    if (volume.homeIsCurrent()) {
      return result;
    }
    Hash128 loader = walk.loader(Btrfs.committed(volume));
    return loader.equals(walk.loader(volume.recovered())) ? result : result.then(loader);
  }

  /** One tree, and the numbering that it gives. */
  private static final class Walk implements IntUnaryOperator {
    private final Tree tree;
    private final List<Integer> listed;
    private final List<Integer> numbers;
    private final int next;
    private final int defaultSnapshot;
    /** Snapshots that a program may boot again. */
    private final Set<Integer> bootable;
    /** Null where there are no boot entries. */
    private final EspForm entries;

    Walk(Tree tree, boolean nextCounts, EspForm entries) {
      this.tree = tree;
      this.entries = entries;
      this.listed = Layout.listed(tree);
      this.next = listed.isEmpty() ? 1 : listed.getLast() + 1;
      this.defaultSnapshot = Layout.defaultSnapshot(tree);
      this.bootable = noted(tree);
      this.bootable.add(defaultSnapshot);
      TreeSet<Integer> all = new TreeSet<>(listed);
      all.addAll(neededOverlays());
      if (nextCounts && tree.exists(Layout.OVERLAYS + "/" + next)) {
        all.add(next);
      }
      if (entries != null) {
        bootable.addAll(entries.bootable());
        all.addAll(entries.numbers());
        all.add(next);
      }
      this.numbers = List.copyOf(all);
    }

    private TreeSet<Integer> neededOverlays() {
      TreeSet<Integer> needed = new TreeSet<>();
      for (int snapshot : bootable) {
        Numbered.Layers layers = EtcOverlay.layers(tree, snapshot);
        if (layers != null) {
          needed.add(layers.upper());
          needed.addAll(layers.lower());
        }
      }
      needed.retainAll(Layout.numbers(tree, Layout.OVERLAYS));
      return needed;
    }

    private static TreeSet<Integer> noted(Tree tree) {
      TreeSet<Integer> noted = new TreeSet<>();
      Content state = tree.content(Layout.TRANSACTIONAL_STATE);
      if (state != null && state.value() instanceof Numbered.Working working) {
        noted.addAll(working.snapshots());
      }
      Content health = tree.content(Layout.HEALTH_STATE);
      if (health != null && health.value() instanceof Numbered.Good good) {
        noted.add(good.number());
      }
      return noted;
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

    /** What GRUB can read: scripts, kernels and states, of the default snapshot and of those noted as good. */
    Hash128 loader(Tree seen) {
      TreeSet<Integer> readable = noted(seen);
      Hash128 sum = Hash128.of("loader " + applyAsInt(Layout.defaultSnapshot(seen)));
      readable.add(Layout.defaultSnapshot(seen));
      for (String state : List.of(Layout.HEALTH_STATE, Layout.TRANSACTIONAL_STATE)) {
        sum = sum.then(seen.exists(state) ? node(seen.get(state), state) : FOLDER);
      }
      for (int number : readable) {
        String entry = Layout.grubEntry(number);
        String boot = Layout.root(number) + "/boot";
        sum = sum.then(seen.exists(entry) ? node(seen.get(entry), entry) : FOLDER)
            .then(seen.exists(boot) ? node(seen.get(boot), boot) : FOLDER);
      }
      return sum;
    }

    private Hash128 inner(Tree.Directory directory, String path) {
      Hash128 sum = FOLDER;
      for (int i = 0; i < directory.size(); i++) {
        String name = directory.name(i);
        String at = path + "/" + name;
        boolean filler = at.equals(DiskFiller.PATH);
        if (at.equals("/.btrfs") || filler || name.endsWith(FileCalls.TEMPORARY) || inertOverlay(path, name)) {
          continue;
        }
        if (path.equals(Layout.SNAPSHOTS)) {
          sum = sum.plus(snapshot(Integer.parseInt(name), directory.node(i), at));
          continue;
        }
        String shown = path.equals(Layout.OVERLAYS) ? "#" + applyAsInt(Integer.parseInt(name)) : name;
        sum = sum.plus(Hash128.of(shown).then(node(directory.node(i), at)));
      }
      return sum;
    }

    private boolean inertOverlay(String path, String name) {
      return path.equals(Layout.OVERLAYS) && !numbers.contains(Integer.parseInt(name));
    }

    private Hash128 snapshot(int number, Tree.Node node, String path) {
      if (!listed.contains(number)) {
        return Hash128.ZERO;
      }
      Hash128 shown = Hash128.of("#" + applyAsInt(number));
      if (bootable.contains(number)) {
        return shown.then(node(node, path));
      }
      Info info = Info.of(tree, number);
      return shown.then(info.content().hash())
          .then(Hash128.of("release " + (info.inProgress() ? 0 : Release.whole(tree, number))));
    }

    private Hash128 node(Tree.Node node, String path) {
      return switch (node) {
        case Tree.Symlink link -> link.hash();
        case Tree.File file -> file.content().isPart() ? DAMAGED
            : file.content().value() instanceof Numbered numbered ? meaning(numbered) : file.content().hash();
        case Tree.Directory below -> Subvolumes.exists(tree, path)
            ? inner(below, path).then(Hash128.of(Subvolumes.isReadOnly(tree, path) ? "ro" : "rw"))
            : inner(below, path);
      };
    }

    /** Of the snapshots that worked only those count that are still there. */
    private Hash128 meaning(Numbered numbered) {
      return numbered instanceof Numbered.Working working
          ? new Numbered.Working(working.snapshots().stream().filter(listed::contains).toList()).hash(this)
          : numbered.hash(this);
    }
  }
}
