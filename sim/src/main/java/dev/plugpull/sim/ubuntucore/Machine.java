package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.sealing.Pcrs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The powered-on device: open volumes, the listener, and what strikes. Everything in here dies with the boot. */
final class Machine implements BootMachine {

  /** Something struck the machine at a crash point; unwinds to the boot loop. */
  static final class Struck extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Interruption by;

    Struck(Interruption by) {
      super(by.name(), null, false, false);
      this.by = by;
    }
  }

  final CoreSetup setup;
  final List<LiveVolume> volumes;
  private final BootListener<CoreState> listener;
  private final boolean tracing;
  private Survivors survivors;
  private String actor = "firmware";
  private boolean mounted;
  private boolean passedPoint;
  private Pcrs pcrs = Pcrs.RESET;

  Machine(CoreSetup setup, CoreState state, BootListener<CoreState> listener) {
    this.setup = setup;
    this.listener = listener;
    this.tracing = listener.tracing();
    this.volumes = new ArrayList<>(state.volumes().size());
    for (VolumeState volume : state.volumes()) {
      volumes.add(volume.open());
    }
    this.survivors = new Survivors(setup, state.environment(), state.monitors());
  }

  private record Survivors(CoreSetup setup, Environment environment, Monitors monitors)
      implements BootListener.Surviving<CoreState> {
    @Override
    public Hash128 hash() {
      return environment.hash().plus(monitors.hash());
    }

    @Override
    public CoreState cut(List<VolumeState> states) {
      // What may strike strikes before the first cut: afterwards only cuts follow, any number of them.
      return setup.canonical(states, environment.withoutStrikes(), monitors);
    }
  }

  LiveVolume boot() {
    return volumes.get(setup.layout().boot());
  }

  /** ubuntu-boot, also where the boot loader keeps nothing on it. */
  LiveVolume ubuntuBoot() {
    return volumes.get(setup.layout().ubuntuBoot());
  }

  LiveVolume data() {
    return volumes.get(setup.layout().data());
  }

  LiveVolume seed() {
    return volumes.get(setup.layout().seed());
  }

  boolean hasSeed() {
    return setup.layout().seed() >= 0;
  }

  LiveVolume bootState() {
    return volumes.get(setup.layout().bootState());
  }

  LiveVolume rawAreas() {
    return volumes.get(setup.layout().rawAreas());
  }

  LiveVolume bootSelect() {
    return volumes.get(setup.layout().bootSelect());
  }

  LiveVolume recoverySelect() {
    return volumes.get(setup.layout().recoverySelect());
  }

  LiveVolume bootImages() {
    return volumes.get(setup.layout().bootImages());
  }

  /** What the TPM keeps, where data is encrypted. */
  LiveVolume tpm() {
    return volumes.get(setup.layout().tpm());
  }

  /** What was measured in this boot. */
  Pcrs pcrs() {
    return pcrs;
  }

  void pcrs(Pcrs measured) {
    pcrs = measured;
  }

  Environment environment() {
    return survivors.environment();
  }

  Monitors monitors() {
    return survivors.monitors();
  }

  void monitors(Monitors monitors) {
    survivors = new Survivors(setup, environment(), monitors);
  }

  void environment(Environment environment) {
    survivors = new Survivors(setup, environment, monitors());
  }

  /** Who acts from now on: {@code firmware}, {@code boot loader}, {@code initramfs}, {@code snapd}, {@code systemd}. */
  void actor(String name) {
    actor = name;
  }

  /** The kernel mounts every partition. */
  void mount() {
    volumes.forEach(LiveVolume::mount);
    mounted = true;
  }

  boolean tracing() {
    return tracing;
  }

  /** True if something was written since the machine was switched on. */
  boolean passedPoint() {
    return passedPoint;
  }

  void step(String what, String where) {
    if (tracing) {
      listener.step(actor, what, where);
    }
  }

  void violation(String property, String why) {
    listener.violation(property, why);
  }

  /** A crash point: power may fail here, and what the scenario allows may strike. */
  void point(String name, String what) {
    passedPoint = true;
    if (setup.idealMedium()) {
      for (LiveVolume volume : volumes) {
        volume.freeze();
      }
    }
    Interruption strike = listener.crashPoint(name, what, volumes, survivors);
    if (strike == Interruption.NONE) {
      return;
    }
    environment(environment().withoutStrikes());
    if (strike == Interruption.DISK_FULL && !mounted) {
      // No program that could fill a disk runs before the kernel has mounted it.
      return;
    }
    if (strike == Interruption.DISK_FULL) {
      environment(environment().full(true));
      DiskFiller.fill(data());
      step("the data partition fills up", "");
    } else {
      throw new Struck(strike);
    }
  }

  /** Only {@code programs}, fingerprint of what runs here, and the volumes decide how the boot goes on. */
  void moment(String place, Hash128 programs) {
    listener.moment(Hash128.of(place).then(programs).then(pcrs.programs()).then(pcrs.events()), volumes, survivors);
  }

  /** A global sync(2): every file system and every block device. */
  void syncAll() {
    for (int i = 0; i < volumes.size(); i++) {
      if (setup.layout().isRaw(i)) {
        volumes.get(i).fsyncRaw();
      } else {
        volumes.get(i).sync();
      }
    }
  }

  /** An fsync on one partition flushed the device: what the device had accepted for the others is durable too. */
  void flushed(LiveVolume by) {
    if (!setup.flushHonoured()) {
      return;
    }
    for (LiveVolume volume : volumes) {
      if (volume != by) {
        volume.deviceFlushed();
      }
    }
  }

  /** The state after an orderly shutdown or after everything was written back at rest. */
  CoreState settled(Running observed) {
    setup.sealing().shutsDown(this);
    List<VolumeState> states = new ArrayList<>(volumes.size());
    for (LiveVolume volume : volumes) {
      states.add(volume.settled());
    }
    CoreState state = setup.canonical(states, environment(), monitors());
    return new CoreState(state.volumes(), state.environment(), state.monitors(), observed);
  }

  /** The state after a reset without any sync: what the device accepted stays, the page cache is lost. */
  CoreState reset(Running observed) {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    for (LiveVolume volume : volumes) {
      states.add(accepted(volume.pending()));
    }
    CoreState state = setup.canonical(states, environment(), monitors());
    return new CoreState(state.volumes(), state.environment(), state.monitors(), observed);
  }

  private static VolumeState accepted(PendingWindow window) {
    VolumeState state = window.base();
    java.util.BitSet kept = new java.util.BitSet();
    for (int i = 0; i < window.size(); i++) {
      java.util.BitSet missing = (java.util.BitSet) window.needs(i).clone();
      missing.andNot(kept);
      if (window.issued(i) && missing.isEmpty()) {
        state = window.apply(state, i);
        kept.set(i);
      }
    }
    return state;
  }

  // The boot loader's window to the machine.

  private BootVolume dataSeenByLoader(BootVolume face) {
    StrayReads strays = setup.strays();
    return new SystemDataVolume(face, path -> strays.lookedUp(setup, path), path -> strays.used(setup, path));
  }

  @Override
  public List<? extends BootVolume> volumes() {
    List<BootVolume> faces = new ArrayList<>(volumes.size());
    for (int i = 0; i < volumes.size(); i++) {
      BootVolume face = volumes.get(i).boot();
      if (i != setup.layout().tpm()) {
        faces.add(i == setup.layout().data() ? dataSeenByLoader(face) : face);
      }
    }
    return faces;
  }

  @Override
  public Optional<BootVolume> inside(Content image) {
    int revision = setup.revision(Part.KERNEL, image.name());
    return revision == 0 ? Optional.empty() : Optional.of(new SnapVolume(setup, revision));
  }

  @Override
  public boolean tryboot() {
    boolean asked = environment().tryboot();
    environment(environment().tryboot(false));
    return asked;
  }

  @Override
  public void started(Content program) {
    pcrs = pcrs.started(program.hash());
  }

  @Override
  public void wrote(String point, String where, String what) {
    step(what, where);
    point(setup.series().hasModeenv() ? "K21" : "U21", tracing ? what : "");
  }

  @Override
  public void said(String where, String what) {
    step(what, where);
  }
}
