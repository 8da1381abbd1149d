package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What the boot loader makes of a durable state, looked up by what it sees: how it ends, what it changes, and, where
 * home blocks lag behind the journal, what it would make of each state that a cut at its own writes leaves.
 *
 * <p>Such a cut leaves the lag as it was. So two lags are one only if the loader ends alike on them, and again after
 * each such cut, boot after boot.
 */
final class LoaderDecisions {
  /** Boots by loaders that write and never mount; beyond these a lag counts with every block. */
  private static final int BOOTS = 5;

  /**
   * A decision.
   *
   * @param dead true if it stops or resets, now and after each cut: then nothing else on the disk will ever be read
   */
  record Decision(Hash128 hash, boolean dead) {}

  private final CoreSetup setup;
  private final CanonicalForm form;
  private final List<Map<Hash128, Decision>> known =
      IntStream.rangeClosed(0, BOOTS).<Map<Hash128, Decision>>mapToObj(n -> new ConcurrentHashMap<>()).toList();

  private final Map<Hash128, BootOutcome> silent = new ConcurrentHashMap<>();
  private final Map<Hash128, String> modes = new ConcurrentHashMap<>();

  LoaderDecisions(CoreSetup setup, CanonicalForm form) {
    this.setup = setup;
    this.form = form;
  }

  /**
   * Runs the boot loader, unless it is known to look, write nothing and end; then only that end is told.
   *
   * @param machine just switched on in this state
   */
  BootOutcome run(Machine machine, CoreState state) {
    // Where a TPM measures what is started, it has to be started.
    Hash128 view = machine.tracing() || setup.layout().tpm() >= 0 ? null : view(state);
    BootOutcome known = view == null ? null : silent.get(view);
    if (known != null) {
      return known;
    }
    BootOutcome outcome = setup.loader().run(machine);
    if (view != null && !machine.passedPoint() && machine.environment().equals(state.environment())) {
      silent.put(view, outcome);
    }
    return outcome;
  }

  /** The mode in which the loader starts a kernel, empty if it starts none or writes before it does. */
  String mode(CoreState state) {
    return modes.computeIfAbsent(view(state), view -> {
      Machine machine = new Machine(setup, state, new Deaf<>());
      return setup.loader().run(machine) instanceof BootOutcome.StartKernel kernel && !machine.passedPoint()
          ? Initramfs.argument(kernel.commandLine(), SeedEnvironment.MODE) : "";
    });
  }

  Decision on(CoreState state) {
    return on(state, BOOTS);
  }

  static boolean lags(CoreState state) {
    return state.volumes().stream().anyMatch(volume -> !volume.homeIsCurrent());
  }

  /** The state with nothing lagging: what the kernel's mount makes of it. */
  static CoreState current(CoreState state) {
    return of(state, state.volumes().stream()
        .map(volume -> volume.homeIsCurrent() ? volume : volume.checkpointed()).toList());
  }

  private static CoreState of(CoreState state, List<VolumeState> volumes) {
    return new CoreState(volumes, state.environment(), state.monitors(), state.observed());
  }

  private Decision on(CoreState state, int boots) {
    Hash128 view = view(state);
    Decision decision = known.get(boots).get(view);
    if (decision == null) {
      decision = decide(state, view, boots);
      known.get(boots).put(view, decision);
    }
    return decision;
  }

  private Hash128 view(CoreState state) {
    // What the loader makes of it depends on the reset's request, too.
    Hash128 view = state.environment().tryboot() ? Hash128.of("tryboot") : Hash128.ZERO;
    for (int i = 0; i < state.volumes().size(); i++) {
      if (form.seenByLoader(i)) {
        view = view.then(state.volumes().get(i).bootView());
      }
    }
    return view;
  }

  private Decision decide(CoreState state, Hash128 view, int boots) {
    LoaderCuts cuts = new LoaderCuts();
    Machine machine = new Machine(setup, state, cuts);
    BootOutcome outcome = setup.loader().run(machine);
    boolean mounts = outcome instanceof BootOutcome.StartKernel;
    Hash128 end = Hash128.of(setup.layout().tpm() < 0 ? words(outcome) : words(outcome) + machine.pcrs());
    if (!mounts && !cuts.wrote()) {
      return new Decision(end, true);
    }
    List<VolumeState> settled = settled(machine, mounts);
    if (!lags(state)) {
      return new Decision(end.then(mounts ? changed(state, settled) : written(machine, state)), false);
    }
    if (cuts.wrote() && (boots == 0 || cuts.tooMany() || state.environment().tryboot())) {
      return new Decision(end.then(mounts ? changed(state, settled) : written(machine, state)).then(view), false);
    }
    return futures(state, view, boots, mounts ? end.then(changed(state, settled)) : end,
        mounts ? cuts.states() : with(cuts.states(), settled), mounts);
  }

  private static List<VolumeState> settled(Machine machine, boolean mounts) {
    List<VolumeState> settled = new ArrayList<>();
    for (LiveVolume volume : machine.volumes) {
      if (mounts) {
        volume.mount();
      }
      settled.add(volume.settled());
    }
    return settled;
  }

  private static List<List<VolumeState>> with(List<List<VolumeState>> states, List<VolumeState> more) {
    List<List<VolumeState>> all = new ArrayList<>(states);
    all.add(more);
    return all;
  }

  /** Adds what comes of each cut: what changed, and what the loader makes of that. */
  private Decision futures(
      CoreState state, Hash128 view, int boots, Hash128 end, List<List<VolumeState>> cuts, boolean mounts) {
    SortedSet<Hash128> alive = new TreeSet<>();
    SortedSet<Hash128> ends = new TreeSet<>();
    boolean dead = !mounts;
    for (List<VolumeState> cut : cuts) {
      CoreState left = of(state, cut);
      if (!view(left).equals(view)) {
        Decision next = on(left, boots - 1);
        dead &= next.dead();
        ends.add(next.hash());
        alive.add(changed(state, cut).then(next.hash()));
      }
    }
    Hash128 hash = end;
    for (Hash128 one : dead ? ends : alive) {
      hash = hash.then(one);
    }
    return new Decision(hash, dead);
  }

  /** What a kernel would find changed; the state before is in the key already. */
  private Hash128 changed(CoreState before, List<VolumeState> after) {
    Hash128 hash = Hash128.ZERO;
    for (int i = 0; i < after.size(); i++) {
      if (form.seenByLoader(i)) {
        hash = hash.then(form.changed(i, before.volumes().get(i), after.get(i)));
      }
    }
    return hash;
  }

  private Hash128 written(Machine machine, CoreState state) {
    Hash128 hash = Hash128.ZERO;
    for (int i = 0; i < machine.volumes.size(); i++) {
      if (form.seenByLoader(i)) {
        hash = hash.then(form.loadsFrom(i)
            ? state.volumes().get(i).bootView()
            : machine.volumes.get(i).pending().base().hash().then(machine.volumes.get(i).settled().hash()));
      }
    }
    return hash;
  }

  private static String words(BootOutcome outcome) {
    return outcome instanceof BootOutcome.StartKernel kernel
        ? kernel.kernel().hash() + kernel.path() + kernel.commandLine()
            + (kernel.initrd() == null ? "" : kernel.initrd().hash())
        : outcome.toString();
  }
}
