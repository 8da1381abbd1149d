package dev.plugpull.sim.device;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.SharedDisk;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A powered-on device: open volumes, the listener, and what strikes. Everything in here dies with the boot.
 *
 * <p>For families whose volumes lie on one disk and whose programs write through the page cache.
 *
 * @param <R> what outlives a boot beside the volumes
 * @param <V> what an observer sees
 */
public final class PoweredOn<R extends Remains<R>, V> {

  private final List<LiveVolume> volumes;
  private final BootListener<Resting<R, V>> listener;
  private final boolean tracing;
  private final boolean ideal;
  private final int filled;
  private R remains;
  private String actor = "firmware";
  private boolean mounted;
  private boolean killable;
  private boolean full;
  private boolean quiet;

  /**
   * @param ideal true if every write is durable at once and in order: the twin of the medium
   * @param filled the volume that {@link Interruption#DISK_FULL} fills
   */
  public PoweredOn(Resting<R, V> state, BootListener<Resting<R, V>> listener, boolean ideal, int filled) {
    this.listener = listener;
    this.tracing = listener.tracing();
    this.ideal = ideal;
    this.filled = filled;
    this.remains = state.remains();
    this.volumes = new ArrayList<>(state.volumes().size());
    for (VolumeState volume : state.volumes()) {
      volumes.add(volume.open());
    }
    SharedDisk.join(volumes);
  }

  private record Survivors<R extends Remains<R>, V>(R remains) implements BootListener.Surviving<Resting<R, V>> {
    @Override
    public Hash128 hash() {
      return remains.hash();
    }

    @Override
    public Resting<R, V> cut(List<VolumeState> states) {
      return new Resting<>(states, remains.afterCut(), null);
    }
  }

  public LiveVolume volume(int index) {
    return volumes.get(index);
  }

  public List<LiveVolume> volumes() {
    return List.copyOf(volumes);
  }

  public R remains() {
    return remains;
  }

  public void remains(R other) {
    remains = other;
  }

  /** Who acts from now on: {@code boot loader}, {@code initramfs}, the name of a daemon. */
  public void actor(String name) {
    actor = name;
  }

  /** True while a daemon runs that {@link Interruption#DAEMON_KILLED} can kill. */
  public void killable(boolean daemonRuns) {
    killable = daemonRuns;
  }

  /** True where a scenario does not look: nothing strikes and nobody hears until it is false again. */
  public void quiet(boolean nobodyHears) {
    quiet = nobodyHears;
  }

  /** The kernel mounts every volume. */
  public void mount() {
    volumes.forEach(LiveVolume::mount);
    mounted = true;
  }

  public boolean tracing() {
    return tracing;
  }

  public void step(String what) {
    step(what, "");
  }

  public void step(String what, String where) {
    if (tracing) {
      listener.step(actor, what, where);
    }
  }

  /** A monitor saw a property violated, whatever happens later. */
  public void violation(String property, String why) {
    listener.violation(property, why);
  }

  /**
   * A crash point: power may fail here, and what the scenario allows may strike.
   *
   * @throws Struck if something else than a full disk strikes
   */
  public void point(String name, String what) {
    if (ideal) {
      volumes.forEach(LiveVolume::freeze);
    }
    if (full) {
      DiskFiller.fill(volumes.get(filled));
    }
    if (quiet) {
      return;
    }
    Interruption strike = listener.crashPoint(name, what, volumes, new Survivors<>(remains));
    if (strike == Interruption.NONE) {
      return;
    }
    if (strike == Interruption.DISK_FULL && !mounted || strike == Interruption.DAEMON_KILLED && !killable) {
      // No program that could fill a disk runs before the kernel has mounted it, and a daemon must run to be killed.
      remains = remains.afterStrike(Interruption.NONE);
      return;
    }
    remains = remains.afterStrike(strike);
    if (strike == Interruption.DISK_FULL) {
      full(true);
      step("the disk fills up");
    } else {
      throw new Struck(strike);
    }
  }

  /** Whoever fills a disk takes every block that becomes free, until he is stopped. */
  public void full(boolean isFull) {
    full = isFull;
    if (full) {
      DiskFiller.fill(volumes.get(filled));
    }
  }

  /** A global sync(2): every file system. */
  public void sync() {
    volumes.forEach(LiveVolume::sync);
  }

  /** The state after an orderly shutdown, or after everything was written back at rest. */
  public Resting<R, V> settled(V seen) {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    for (LiveVolume volume : volumes) {
      states.add(volume.settled());
    }
    return new Resting<>(states, remains, seen);
  }

  /** How the boot ends for a machine that does not go on after this strike. */
  public BootEnd<Resting<R, V>> ended(Struck struck) {
    return switch (struck.by()) {
      case USER_REBOOT, POWER_OFF -> new BootEnd.Restart<>(settled(null), "a person asks for " + struck.by());
      case NONE, DAEMON_KILLED, WARM_RESET, DISK_FULL -> new BootEnd.Restart<>(reset(null), "struck: " + struck.by());
    };
  }

  /** The state after a reset without any sync: what the device accepted stays, the page cache is lost. */
  public Resting<R, V> reset(V seen) {
    List<VolumeState> states = new ArrayList<>(volumes.size());
    for (LiveVolume volume : volumes) {
      states.add(accepted(volume.pending()));
    }
    return new Resting<>(states, remains, seen);
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
}
