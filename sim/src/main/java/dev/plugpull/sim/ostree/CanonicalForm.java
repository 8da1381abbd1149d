package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The declared reductions of a device's durable state: which differences no program of the model can tell.
 *
 * <ul>
 *   <li><em>inert</em>: {@link Leftovers}; the next boot's user space removes them before anything else; not where the
 *       boot loader sees an older boot list, which may name them;
 *   <li><em>read by the loader or not</em>: home blocks of {@code /boot} that lag behind the journal count only by what
 *       the boot loader can read ({@link LoaderView}) and by which file its writes hit; a mount writes them home;
 *   <li><em>dead</em>: where the loader stops for good without having written, nothing else is ever read again.
 * </ul>
 *
 * <p>Twin test: {@code OstreeReductionTest} boots merged states with and without the reductions.
 */
final class CanonicalForm {
  private static final byte[] PROBE = "plugpull probes where a write in place would land".getBytes(
      StandardCharsets.UTF_8);

  private final OstreeSetup setup;
  private final Map<Hash128, Boot> boots = new ConcurrentHashMap<>();
  private final Map<Hash128, Hash128> roots = new ConcurrentHashMap<>();
  private final Map<Hash128, Hash128> recoveredViews = new ConcurrentHashMap<>();

  /**
   * What is known of a volume of {@code /boot}.
   *
   * @param clean fingerprint of the recovered files that count
   * @param lag what the loader sees differently; zero if nothing
   * @param dead how the loader ends for good, null if it does not
   */
  private record Boot(Hash128 clean, Hash128 lag, Hash128 dead) {}

  CanonicalForm(OstreeSetup setup) {
    this.setup = setup;
  }

  Hash128 key(OstreeState state) {
    VolumeState boot = state.volumes().get(setup.bootVolume());
    Boot known = boots.get(boot.hash());
    if (known == null) {
      known = boot(state, boot);
      boots.put(boot.hash(), known);
    }
    if (known.dead() != null) {
      return state.world().hash().then(known.dead());
    }
    Hash128 key = state.world().hash().then(known.clean()).then(known.lag());
    if (setup.record() != null) {
      key = key.then(state.volumes().getLast().hash());
    }
    if (!setup.board().separateBoot()) {
      return key;
    }
    // A loader that sees an older boot list starts a deployment that the present list does not keep.
    boolean lags = !known.lag().equals(Hash128.ZERO);
    return key.then(lags ? state.volumes().getFirst().hash() : root(state, boot, known));
  }

  private Hash128 root(OstreeState state, VolumeState boot, Boot known) {
    VolumeState root = state.volumes().getFirst();
    Hash128 pair = root.hash().then(known.clean());
    Hash128 reduced = roots.get(pair);
    if (reduced == null) {
      reduced = stripped(root.recovered(), boot.recovered())[0].hash();
      roots.put(pair, reduced);
    }
    return reduced;
  }

  /** Root and boot tree without what the next boot removes; untouched where libostree cannot load the sysroot. */
  private Tree[] stripped(Tree root, Tree boot) {
    try {
      return Leftovers.without(setup, root, boot, Sysroot.load(root, boot, setup.boot()));
    } catch (SysrootError e) {
      return new Tree[] {root, boot};
    }
  }

  private Boot boot(OstreeState state, VolumeState boot) {
    Tree recovered = boot.recovered();
    Hash128 clean = setup.board().separateBoot()
        ? cleanBoot(recovered).hash()
        : stripped(recovered, recovered)[0].hash();
    if (boot.homeIsCurrent()) {
      return new Boot(clean, Hash128.ZERO, null);
    }
    Hash128 seen = LoaderView.of(boot.open().boot(), setup.boot());
    Hash128 hit = hit(boot);
    Hash128 now = recoveredViews.get(recovered.hash());
    if (now == null) {
      now = LoaderView.of(boot.checkpointed().open().boot(), setup.boot());
      recoveredViews.put(recovered.hash(), now);
    }
    if (seen.equals(now) && hit.equals(Hash128.ZERO)) {
      return new Boot(clean, Hash128.ZERO, null);
    }
    return new Boot(recovered.hash(), seen.then(hit), dead(state));
  }

  /** The other boot version and kernels that no entry names go; that needs nothing of the root file system. */
  private Tree cleanBoot(Tree boot) {
    Tree links = Links.standIn(boot, setup.boot());
    try {
      return Leftovers.without(setup, links, boot, Sysroot.load(links, boot, setup.boot()))[1];
    } catch (SysrootError e) {
      return boot;
    }
  }

  /** Zero if a write of the loader to grubenv lands in the recovered grubenv, or if there is none. */
  private Hash128 hit(VolumeState boot) {
    if (setup.board().greenboot() == OstreeBoard.Greenboot.NONE) {
      return Hash128.ZERO;
    }
    String path = setup.boot() + "/grub2/grubenv";
    LiveVolume live = boot.open();
    BootVolume face = live.boot();
    if (!face.overwrite(path, 0, PROBE)) {
      return Hash128.of("cannot be written");
    }
    live.mount();
    boolean lands = live.tree().content(path) != null
        && live.tree().without(path).equals(boot.recovered().without(path))
        && !live.tree().content(path).equals(boot.recovered().content(path));
    return lands ? Hash128.ZERO : live.tree().hash();
  }

  /** How the loader ends if it stops without having written, else null. */
  private Hash128 dead(OstreeState state) {
    Deaf<OstreeState> listener = new Deaf<>();
    Machine machine = new Machine(setup, state, listener);
    BootOutcome outcome = setup.loader().run(machine);
    boolean stops = outcome instanceof BootOutcome.Prompt || outcome instanceof BootOutcome.Hang;
    return stops && !listener.wrote() ? Hash128.of(outcome.toString()) : null;
  }
}
