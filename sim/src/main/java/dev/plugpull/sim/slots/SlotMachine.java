package dev.plugpull.sim.slots;

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
import java.util.TreeMap;

/** The powered-on device: open volumes, the listener, and what strikes. Everything in here dies with the boot. */
public final class SlotMachine implements BootMachine {

  private final SlotDevice device;
  private final List<LiveVolume> volumes = new ArrayList<>();
  private final BootListener<SlotState> listener;
  private final boolean tracing;
  private final TreeMap<String, String> memory = new TreeMap<>();
  private Survivors survivors;
  private String actor = "firmware";
  private String loaderPoint = "loader";
  private boolean mounted;
  private boolean shielded;
  private Interruption postponed = Interruption.NONE;

  SlotMachine(SlotDevice device, SlotState state, BootListener<SlotState> listener) {
    this.device = device;
    this.listener = listener;
    this.tracing = listener.tracing();
    for (VolumeState volume : state.volumes()) {
      volumes.add(volume.open());
    }
    joinDisks();
    survivors = new Survivors(state.world());
  }

  private void joinDisks() {
    TreeMap<Integer, List<LiveVolume>> disks = new TreeMap<>();
    for (int i = 0; i < volumes.size(); i++) {
      disks.computeIfAbsent(device.media().get(i).disk(), disk -> new ArrayList<>()).add(volumes.get(i));
    }
    disks.values().forEach(SharedDisk::join);
  }

  private record Survivors(World world) implements BootListener.Surviving<SlotState> {
    @Override
    public Hash128 hash() {
      return afterCut().hash();
    }

    private World afterCut() {
      // What may strike strikes before the first cut: afterwards only cuts follow, any number of them.
      return world.cold().with(World.STRIKES, "");
    }

    @Override
    public SlotState cut(List<VolumeState> states) {
      return new SlotState(states, afterCut(), null);
    }
  }

  public SlotScenario scenario() {
    return device.scenario();
  }

  public LiveVolume volume(int index) {
    return volumes.get(index);
  }

  public World world() {
    return survivors.world();
  }

  /** Changes a fact that outlives the boot; the empty text removes it. */
  public void set(String fact, String value) {
    survivors = new Survivors(world().with(fact, value));
  }

  public String get(String fact) {
    return world().get(fact);
  }

  /** What the user asked for last: {@code update}, {@code again}, {@code rollback} or {@code cancelled}. */
  public String asked() {
    return get(World.ASKED);
  }

  /** The wish to try again was taken up. */
  public void tookUp() {
    if (asked().equals(SlotScenario.AGAIN)) {
      set(World.ASKED, "update");
    }
  }

  /** Monitor of CONV: an update that was asked for again fails; without a fault since then a good one must not. */
  public void failsAgain() {
    if (!get(World.AGAIN).isEmpty() && device.scenario().good()) {
      violation("CONV", "a good update that was asked for again fails again, without any fault since");
    }
  }

  /** Revision that the server offers. */
  public int offered() {
    return world().number(World.OFFERED);
  }

  /** Monitor of DURAB: success was reported to the user. */
  public void reportsDone(int revision) {
    set(World.DONE, Integer.toString(revision));
  }

  /** RAM of this boot; a killed daemon leaves it, a reset does not. */
  public String remembered(String name) {
    return memory.getOrDefault(name, "");
  }

  public void remember(String name, String value) {
    memory.put(name, value);
  }

  /** Who acts from now on: {@code firmware}, {@code kernel}, the update software, ... */
  public void actor(String name) {
    actor = name;
  }

  /** Name of the durability point for writes of an interpreted boot loader. */
  public void loaderPoint(String name) {
    loaderPoint = name;
  }

  /** The kernel mounts every partition. */
  public void mount() {
    volumes.forEach(LiveVolume::mount);
    mounted = true;
  }

  public boolean tracing() {
    return tracing;
  }

  public void step(String what) {
    if (tracing) {
      listener.step(actor, what, "");
    }
  }

  public void violation(String property, String why) {
    listener.violation(property, why);
  }

  /** A crash point: power may fail here, and what the scenario allows may strike. */
  public void point(String name, String what) {
    if (device.idealMedium()) {
      settleEverything();
    }
    Interruption strike = listener.crashPoint(name, tracing ? what : "", volumes, survivors);
    if (strike == Interruption.NONE) {
      return;
    }
    set(World.STRIKES, "");
    if (strike == Interruption.DISK_FULL) {
      fillDisk();
    } else if (strike == Interruption.DAEMON_KILLED && shielded) {
      postponed = strike;
    } else {
      throw new Struck(strike);
    }
  }

  /** A tool of its own process does this: it finishes although the update software that started it is killed. */
  public void asOwnProcess(Runnable work) {
    shielded = true;
    work.run();
    shielded = false;
    if (postponed != Interruption.NONE) {
      Interruption strike = postponed;
      postponed = Interruption.NONE;
      throw new Struck(strike);
    }
  }

  private void settleEverything() {
    for (LiveVolume volume : volumes) {
      if (mounted) {
        volume.freeze();
      } else {
        volume.deviceFlushed();
      }
    }
  }

  private void fillDisk() {
    // No program that could fill a disk runs before the kernel has mounted it.
    if (!mounted || device.dataVolume() < 0) {
      return;
    }
    DiskFiller.fill(volume(device.dataVolume()));
    set(World.FULL, "yes");
    step("the data partition fills up");
  }

  /** sync(2): every file system is written and flushed, page caches of block devices are written out only. */
  public void sync() {
    for (int i = 0; i < volumes.size(); i++) {
      if (device.isRaw(i)) {
        volumes.get(i).writeBack();
      }
    }
    for (int i = 0; i < volumes.size(); i++) {
      if (!device.isRaw(i)) {
        volumes.get(i).sync();
      }
    }
  }

  /** The state after an orderly shutdown or after everything was written back at rest. */
  SlotState settled(Seen seen) {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    for (LiveVolume volume : volumes) {
      states.add(volume.settled());
    }
    return new SlotState(states, world(), seen);
  }

  /** The state after a reset without any sync: what the device accepted stays, the page cache is lost. */
  SlotState reset() {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    for (LiveVolume volume : volumes) {
      states.add(accepted(volume.pending()));
    }
    return new SlotState(states, world(), null);
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
    List<BootVolume> faces = new ArrayList<>(volumes.size());
    for (int i = 0; i < volumes.size(); i++) {
      faces.add(device.face(this, i, volumes.get(i).boot()));
    }
    return faces;
  }

  @Override
  public void wrote(String point, String where, String what) {
    if (tracing) {
      listener.step(actor, what, where);
    }
    point(loaderPoint, what);
  }

  @Override
  public void said(String where, String what) {
    if (tracing) {
      listener.step(actor, what, where);
    }
  }
}
