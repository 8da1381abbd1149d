package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The declared reductions of a device's durable state: which differences no program of the model can tell.
 *
 * <ul>
 *   <li><em>inert</em>: temporary files of cut-off atomic writes ({@code *.tmp~}); nothing lists or opens them;
 *   <li><em>read by the loader or not</em>: home blocks that lag behind the journal count only by what the boot loader
 *       makes of them. The loader is the only program that reads them, and the kernel's mount writes them home. So a
 *       state with lagging blocks is known by its recovered view and by how the loader ends on it;
 *   <li><em>dead</em>: where the loader stops for good, nothing else on the disk is ever read again.
 * </ul>
 *
 * <p>Twin test: {@code CanonicalFormTest} boots merged states and compares their successors.
 */
final class CanonicalForm {
  private final CoreSetup setup;
  private final Map<Hash128, Hash128> clean = new ConcurrentHashMap<>();
  private final Map<Hash128, Decision> loaded = new ConcurrentHashMap<>();

  CanonicalForm(CoreSetup setup) {
    this.setup = setup;
  }

  Hash128 key(CoreState state) {
    Hash128 key = state.environment().hash().plus(state.monitors().hash());
    Hash128 seenByLoader = Hash128.ZERO;
    boolean lagging = false;
    for (VolumeState volume : state.volumes()) {
      Hash128 hash = volume.hash();
      seenByLoader = seenByLoader.then(hash);
      lagging |= !volume.homeIsCurrent();
      Hash128 known = clean.get(hash);
      key = key.then(known == null ? recovered(volume, hash) : known);
    }
    if (!lagging) {
      return key;
    }
    Hash128 loader = loaderState(state);
    Decision decision = loaded.get(loader);
    decision = decision == null ? decide(state, loader) : decision;
    return decision.dead() ? state.environment().hash().then(decision.hash()) : key.then(decision.hash());
  }

  /** What a loader can see: all volumes but the data partition, unless GRUB loads out of a blob on it. */
  private Hash128 loaderState(CoreState state) {
    Hash128 hash = Hash128.ZERO;
    for (int i = 0; i < state.volumes().size(); i++) {
      if (i != setup.layout().data() || !setup.series().hasModeenv()) {
        hash = hash.then(state.volumes().get(i).hash());
      }
    }
    return hash;
  }

  private Hash128 recovered(VolumeState volume, Hash128 hash) {
    Hash128 result = volume.recovered().root().size() == 0 ? hash : withoutTemporaries(volume.recovered().root());
    clean.put(hash, result);
    return result;
  }

  private static Hash128 withoutTemporaries(Tree.Directory directory) {
    Tree.Directory kept = directory;
    for (String name : directory.names()) {
      if (name.endsWith(Writes.TEMPORARY)) {
        kept = kept.without(name);
      } else if (directory.get(name) instanceof Tree.Directory inner) {
        Hash128 inside = withoutTemporaries(inner);
        if (!inside.equals(inner.hash())) {
          kept = kept.with(name, new Tree.Symlink("reduced", 0, inside));
        }
      }
    }
    return kept.hash();
  }

  private Decision decide(CoreState state, Hash128 loader) {
    Deaf listener = new Deaf();
    Machine machine = new Machine(setup, state, listener);
    BootOutcome outcome = setup.loader().run(machine);
    Hash128 result = Hash128.of(words(outcome));
    boolean mounts = outcome instanceof BootOutcome.StartKernel;
    for (LiveVolume volume : machine.volumes) {
      if (mounts) {
        volume.mount();
        result = result.then(volume.tree().hash());
      } else {
        result = result.then(volume.pending().base().hash()).then(volume.settled().hash());
      }
    }
    boolean dead = !mounts && !(outcome instanceof BootOutcome.Reset) && !listener.wrote();
    Decision decision = new Decision(dead ? Hash128.of(words(outcome)) : result, dead);
    loaded.put(loader, decision);
    return decision;
  }

  /**
   * What the loader makes of a state.
   *
   * @param dead true if it stops, having written nothing: then it stops again after each power cycle, and nothing else
   *     that is on the disk will ever be read
   */
  private record Decision(Hash128 hash, boolean dead) {}

  private static String words(BootOutcome outcome) {
    return outcome instanceof BootOutcome.StartKernel kernel
        ? kernel.kernel().hash() + kernel.path() + kernel.commandLine()
        : outcome.toString();
  }
}
