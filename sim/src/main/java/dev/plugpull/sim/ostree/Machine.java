package dev.plugpull.sim.ostree;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.SharedDisk;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

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

  final OstreeSetup setup;
  final List<LiveVolume> volumes = new ArrayList<>();
  private final BootListener<OstreeState> listener;
  private final boolean tracing;
  private Survivors survivors;
  private String actor = "boot loader";
  /** {@code /run/ostree/staged-deployment}: RAM. */
  private Staged staged;
  private String commandLine = "";
  private boolean readOnly;
  private boolean mounted;
  private boolean shuttingDown;

  /** A prepared update. */
  record Staged(Sysroot.Deployment deployment) {}

  Machine(OstreeSetup setup, OstreeState state, BootListener<OstreeState> listener) {
    this.setup = setup;
    this.listener = listener;
    this.tracing = listener.tracing();
    for (VolumeState volume : state.volumes()) {
      volumes.add(volume.open());
    }
    if (volumes.size() > 1) {
      SharedDisk.join(volumes);
    }
    survivors = new Survivors(state.world());
  }

  private record Survivors(World world) implements BootListener.Surviving<OstreeState> {
    @Override
    public Hash128 hash() {
      return world.hash();
    }

    @Override
    public OstreeState cut(List<VolumeState> states) {
      // What may strike strikes before the first cut: afterwards only cuts follow, any number of them.
      return new OstreeState(List.copyOf(states), world.withoutStrikes().afterCut(), null);
    }
  }

  /** The file system that holds {@code /ostree}. */
  LiveVolume root() {
    return volumes.getFirst();
  }

  /** The file system that holds {@code /boot}. */
  LiveVolume boot() {
    return volumes.get(setup.bootVolume());
  }

  /** The sectors of the boot record. */
  LiveVolume record() {
    return volumes.getLast();
  }

  /** {@code /proc/cmdline}. */
  String commandLine() {
    return commandLine;
  }

  void commandLine(String said) {
    commandLine = said;
  }

  World world() {
    return survivors.world();
  }

  void world(World world) {
    survivors = new Survivors(world);
  }

  Staged staged() {
    return staged;
  }

  void staged(Staged prepared) {
    staged = prepared;
  }

  /** Somebody remounted the super block that holds {@code /ostree} read-only. */
  void remountReadOnly() {
    readOnly = true;
  }

  boolean readOnly() {
    return readOnly;
  }

  /** Who acts from now on. */
  void actor(String name) {
    actor = name;
  }

  /** Services are being stopped: who asks for a reboot now gets no other one. */
  void shuttingDown() {
    shuttingDown = true;
  }

  /** All file systems are mounted: programs run that can fill them. */
  void userSpace() {
    mounted = true;
  }

  boolean tracing() {
    return tracing;
  }

  void step(String what) {
    if (tracing) {
      listener.step(actor, what, "");
    }
  }

  void violation(String property, String why) {
    listener.violation(property, why);
  }

  /** A crash point: power may fail here, and what the scenario allows may strike. */
  void point(String name, String what) {
    if (setup.board().idealMedium()) {
      volumes.forEach(LiveVolume::freeze);
    }
    Interruption strike = listener.crashPoint(name, what, volumes, survivors);
    if (strike == Interruption.NONE) {
      return;
    }
    world(world().withoutStrikes().afterCut());
    if (strike == Interruption.DISK_FULL) {
      if (mounted) {
        world(world().full(true));
        DiskFiller.fill(root());
        step("the root file system fills up");
      }
      return;
    }
    if (!shuttingDown || strike == Interruption.WARM_RESET) {
      throw new Struck(strike);
    }
  }

  /**
   * Minutes pass in which nothing is written: by then the kernel has written everything home. Cuts during that time
   * were looked at at the crash point before.
   */
  void quiet() {
    volumes.forEach(LiveVolume::freeze);
  }

  /** The state after an orderly shutdown or after everything was written back at rest. */
  OstreeState settled(Running observed) {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    volumes.forEach(volume -> states.add(volume.settled()));
    return new OstreeState(List.copyOf(states), world(), observed);
  }

  /** The state after a reset without any sync: what the device accepted stays, the page cache is lost. */
  OstreeState reset() {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    volumes.forEach(volume -> states.add(accepted(volume.pending())));
    return new OstreeState(List.copyOf(states), world(), null);
  }

  private static VolumeState accepted(PendingWindow window) {
    VolumeState state = window.base();
    BitSet kept = new BitSet();
    for (int i = 0; i < window.size(); i++) {
      BitSet missing = (BitSet) window.needs(i).clone();
      missing.andNot(kept);
      if (window.issued(i) && missing.isEmpty()) {
        state = window.apply(state, i);
        kept.set(i);
      }
    }
    return state;
  }

  // The boot loader's window to the machine.

  @Override
  public List<? extends BootVolume> volumes() {
    return volumes.stream().map(LiveVolume::boot).toList();
  }

  @Override
  public void wrote(String point, String where, String what) {
    said(where, what);
    point(point, tracing ? what : "");
  }

  @Override
  public void said(String where, String what) {
    if (tracing) {
      listener.step(actor, what, where);
    }
  }
}
