package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.sealing.SealedKey;
import dev.plugpull.sim.ubuntucore.sealing.Tpm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The declared reductions of a device's durable state: which differences no program of the model can tell.
 *
 * <ul>
 *   <li><em>inert</em>: temporary files of cut-off atomic writes ({@code *.tmp~}) off ext4 boot partitions; nothing
 *       lists or opens them. Of a left-over key object on ext4 only its size counts;
 *   <li><em>read by the loader or not</em>: home blocks that lag behind the journal count only by what the boot loader
 *       makes of them. The loader is the only program that reads them, and the kernel's mount writes them home. So a
 *       state with lagging blocks is known by its recovered view and by how the loader ends on it;
 *   <li><em>whole or not</em>: how much of an opaque file is missing or damaged;
 *   <li><em>readable or not</em>: an environment file with a wrong size or checksum counts by what the boot loader
 *       makes of it; a raw copy with a wrong checksum as bad, and counters of good copies by which is the newer;
 *   <li><em>made anew</em>: where the loader, writing nothing, starts a kernel that installs the device or resets it to
 *       its factory state, nobody looks at the partitions that are made anew: they do not count;
 *   <li><em>whole or not</em>, too: a recovery system of which something is missing ({@link RecoverySystem#reduced});
 *   <li><em>difference only</em>: policy versions of sealed keys count by how far they are above the TPM's counter, and
 *       the counter itself up to what the contract asks of it;
 *   <li><em>dead</em>: where the loader stops for good, nothing else on the disk is ever read again.
 * </ul>
 *
 * <p>Twin test: {@code CanonicalFormTest} boots a sample of merged states and compares their successors.
 */
final class CanonicalForm {
  /** Stands for any opaque file that is not whole: whoever opens one finds out, and nobody looks how. */
  private static final Tree.Symlink DAMAGED = new Tree.Symlink("damaged", 0);

  private static final String KEY_LEFT_OVER =
      Reseal.RUN_KEY.substring(Reseal.RUN_KEY.lastIndexOf('/') + 1) + Writes.TEMPORARY;
  private static final Tree.Symlink KEY = new Tree.Symlink("key", 0);
  private static final Tree.Symlink EMPTY_KEY = new Tree.Symlink("empty key", 0);

  private final CoreSetup setup;
  private final Map<Hash128, Hash128> clean = new ConcurrentHashMap<>();
  private final Map<Hash128, Boolean> damagedEnvironments = new ConcurrentHashMap<>();
  private final LoaderDecisions loader;

  CanonicalForm(CoreSetup setup) {
    this.setup = setup;
    this.loader = new LoaderDecisions(setup, this);
  }

  LoaderDecisions loader() {
    return loader;
  }

  Hash128 key(CoreState state) {
    Hash128 key = state.environment().hash().plus(state.monitors().hash());
    boolean lagging = false;
    boolean damaged = false;
    String mode = setup.hasModes() ? loader.mode(state) : "";
    Tpm tpm = setup.layout().tpm() < 0 ? null : TpmSealing.tpm(state.volumes().get(setup.layout().tpm()));
    for (int i = 0; i < state.volumes().size(); i++) {
      if (RecoveryMode.makesAnew(setup, mode, i)) {
        continue;
      }
      VolumeState volume = state.volumes().get(i);
      Hash128 hash = volume.hash();
      lagging |= !volume.homeIsCurrent();
      damaged |= holdsEnvironment(i) && environmentDamaged(volume);
      Hash128 reading = tpm == null ? hash : hash.then(new Hash128(0, tpm.counter()));
      Hash128 known = clean.get(reading);
      key = key.then(known == null ? reduce(i, volume, reading, tpm) : known);
    }
    if (!damaged && !lagging) {
      return key;
    }
    LoaderDecisions.Decision decision = loader.on(state);
    if (decision.dead()) {
      return state.environment().hash().then(decision.hash());
    }
    // The kernel's mount writes the blocks home: a lag that the loader passes over is gone before anybody else looks.
    return !damaged && decision.equals(loader.on(LoaderDecisions.current(state))) ? key : key.then(decision.hash());
  }

  private Hash128 reduce(int index, VolumeState volume, Hash128 reading, Tpm tpm) {
    Hash128 result;
    if (index == setup.layout().tpm()) {
      result = Hash128.of("tpm|" + Math.min(tpm.counter(), TpmSealing.HIGHEST_FLOOR) + "|" + tpm.failedTries() + "|"
          + tpm.used());
    } else if (index == setup.layout().bootState()) {
      result = setup.rawEnvironment().canonical(volume);
    } else if (setup.layout().isRaw(index)) {
      result = volume.hash();
    } else {
      Tree whole = withKeys(volume.recovered(), tpm);
      Tree tree = setup.hasModes() && index == setup.layout().seed() ? RecoverySystem.reduced(setup, whole) : whole;
      Tree known = holdsEnvironment(index) ? withEnvironment(tree) : tree;
      result = reduced(known.root(), index == setup.layout().boot() ? setup.bootOnExt4() : loadsFrom(index));
    }
    clean.put(reading, result);
    return result;
  }

  /** Key objects by what opens them, and by how far their version is above the counter. */
  private static Tree withKeys(Tree tree, Tpm tpm) {
    Tree known = tree;
    for (String path : tpm == null ? List.<String>of() : Reseal.KEYS) {
      SealedKey key = SealedKey.read(tree.content(path));
      if (key != null) {
        int above = Math.max(key.version() - tpm.counter(), -1);
        Hash128 hash = new SealedKey(key.profile(), above).content().hash();
        known = known.with(path, new Tree.Symlink("key " + above, 0, hash));
      }
    }
    return known;
  }

  /**
   * The boot partition, and the seed of a device that leaves run mode, where U-Boot has a file of the same name. Of
   * GRUB's there snapd tells the size.
   */
  private boolean holdsEnvironment(int index) {
    return index == setup.layout().boot()
        || setup.hasModes() && !setup.seedLoader().isManaged() && index == setup.layout().seed();
  }

  /** An environment that snapd cannot read is known by what the loader makes of it. */
  private Tree withEnvironment(Tree tree) {
    return unreadableEnvironment(tree) ? tree.with(setup.environmentPath(), DAMAGED) : tree;
  }

  private boolean environmentDamaged(VolumeState boot) {
    return damagedEnvironments.computeIfAbsent(boot.hash(), hash -> unreadableEnvironment(boot.recovered()));
  }

  private boolean unreadableEnvironment(Tree tree) {
    return !setup.environmentPath().isEmpty()
        && tree.get(setup.environmentPath()) instanceof Tree.File file
        && !setup.environmentFormat().readable(file.content());
  }

  /** True for the data partition if the loader takes kernels from it. */
  boolean loadsFrom(int index) {
    return index == setup.layout().data() && setup.loadsFromData();
  }

  /** Where a loader reads ext4, a left-over counts: with its inode number it decides which home block others share. */
  private static Hash128 reduced(Tree.Directory directory, boolean temporaries) {
    Tree.Directory kept = directory;
    for (int i = 0; i < directory.size(); i++) {
      String name = directory.name(i);
      if (name.endsWith(Writes.TEMPORARY) && !temporaries) {
        kept = kept.without(name);
      } else if (name.equals(KEY_LEFT_OVER) && directory.node(i) instanceof Tree.File file) {
        kept = kept.with(name, file.content().length() == 0 ? EMPTY_KEY : KEY);
      } else if (directory.node(i) instanceof Tree.File file && file.content().isPart()) {
        kept = kept.with(name, DAMAGED);
      } else if (directory.node(i) instanceof Tree.Directory inner) {
        Hash128 inside = reduced(inner, temporaries);
        if (!inside.equals(inner.hash())) {
          kept = kept.with(name, new Tree.Symlink("reduced", 0, inside));
        }
      }
    }
    return kept.hash();
  }

  /** What a kernel finds changed in a volume, as compared with what it would have found before. */
  Hash128 changed(int index, VolumeState before, VolumeState now) {
    if (index == setup.layout().bootState()) {
      return setup.rawEnvironment().canonical(now);
    }
    if (setup.layout().isRaw(index)) {
      return now.hash();
    }
    if (loadsFrom(index)) {
      return Hash128.ZERO;
    }
    Tree after = now.recovered();
    if (after.equals(before.recovered())) {
      return Hash128.ZERO;
    }
    String environment = setup.environmentPath();
    boolean onlyEnvironment = index == setup.layout().boot()
        && after.content(environment) != null
        && after.without(environment).equals(before.recovered().without(environment));
    if (!onlyEnvironment) {
      return reduced(after.root(), false);
    }
    return unreadableEnvironment(after) ? DAMAGED.hash() : after.content(environment).hash();
  }

  /** All volumes but the data partition, unless the loader may read it (UC16 and UC18). */
  boolean seenByLoader(int index) {
    return index != setup.layout().tpm() && (index != setup.layout().data() || !setup.series().hasModeenv());
  }
}
