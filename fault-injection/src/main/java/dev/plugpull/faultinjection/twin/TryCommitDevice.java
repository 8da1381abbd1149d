package dev.plugpull.faultinjection.twin;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An A/B update with try and commit. The running system writes the blocks of the other slot, flushes, marks that slot
 * to be tried; the loader counts tries down; the new system commits itself.
 *
 * <p>The Promela twin {@code try-commit.pml} says the same line by line: change both or none.
 */
public final class TryCommitDevice implements UpdatingDevice<TryCommitDevice.State> {

  /** Cells of the environment disk. */
  static final int ACTIVE = 0;

  static final int TRYING = 1;
  static final int TRIES = 2;
  private static final int MOST_TRIES = 2;

  /**
   * Between two boots.
   *
   * @param environment which slot is active, whether the other one is tried, how often that may still be done
   * @param slot blocks of slot B: 0 old, 1 new
   */
  public record State(CellDisk environment, CellDisk slot) {}

  private final int blocks;
  private final boolean careful;

  /**
   * The device.
   *
   * @param blocks of the new system
   * @param careful false for a broken writer that makes the slot active at once, before its blocks are durable
   */
  public TryCommitDevice(int blocks, boolean careful) {
    this.blocks = blocks;
    this.careful = careful;
  }

  @Override
  public State start() {
    return new State(CellDisk.of(0, 0, 0), CellDisk.of(new int[blocks]));
  }

  @Override
  public Hash128 key(State state) {
    return state.environment().hash().then(state.slot().hash());
  }

  private static final class Survivors implements BootListener.Surviving<State> {
    @Override
    public Hash128 hash() {
      return Hash128.ZERO;
    }

    @Override
    public State cut(List<VolumeState> volumes) {
      return new State((CellDisk) volumes.get(0), (CellDisk) volumes.get(1));
    }
  }

  private static final Survivors SURVIVORS = new Survivors();

  /** One powered-on machine. */
  private static final class Running {
    private final LiveCells environment;
    private final LiveCells slot;
    private final List<LiveVolume> volumes;
    private final BootListener<State> listener;

    Running(State state, BootListener<State> listener) {
      this.environment = (LiveCells) state.environment().open();
      this.slot = (LiveCells) state.slot().open();
      this.volumes = List.of(environment, slot);
      this.listener = listener;
    }

    void point(String name, String what) {
      listener.step("device", what, "");
      listener.crashPoint(name, what, volumes, SURVIVORS);
    }

    State end() {
      return new State(environment.settled(), slot.settled());
    }
  }

  @Override
  public BootEnd<State> boot(State state, BootListener<State> listener) {
    Running run = new Running(state, listener);
    run.point("power-on", "powers on");
    boolean tried = false;
    if (run.environment.get(TRYING) == 1) {
      if (run.environment.get(TRIES) == 0) {
        run.environment.put(TRYING, 0);
        run.point("loader.gives-up", "loader gives the new slot up");
      } else {
        run.environment.put(TRIES, run.environment.get(TRIES) - 1);
        run.point("loader.counts", "loader counts a try down");
        tried = true;
      }
    }
    boolean slotB = tried || run.environment.get(ACTIVE) == 1;
    if (!slotB) {
      return update(run);
    }
    if (!whole(run.slot)) {
      return tried
          ? new BootEnd.Restart<>(run.end(), "new system is incomplete, watchdog")
          : new BootEnd.Stuck<>(run.end(), "active system is incomplete", run.end(), false);
    }
    return tried ? commit(run) : new BootEnd.Settled<>(run.end());
  }

  private boolean whole(LiveCells slot) {
    for (int i = 0; i < blocks; i++) {
      if (slot.get(i) == 0) {
        return false;
      }
    }
    return true;
  }

  private BootEnd<State> update(Running run) {
    for (int i = 0; i < blocks; i++) {
      run.slot.put(i, 1);
      run.point("block", "old system writes a block");
    }
    if (!careful) {
      run.environment.put(ACTIVE, 1);
      run.point("switch", "old system makes the slot active");
      return new BootEnd.Restart<>(run.end(), "reboots into the new system");
    }
    run.slot.flush();
    run.point("blocks.synced", "old system syncs the blocks");
    run.environment.put(TRIES, MOST_TRIES);
    run.environment.put(TRYING, 1);
    run.point("mark", "old system marks the slot to be tried");
    run.environment.flush();
    run.point("mark.synced", "old system syncs the mark");
    return new BootEnd.Restart<>(run.end(), "reboots into the new system");
  }

  private static BootEnd<State> commit(Running run) {
    run.environment.put(ACTIVE, 1);
    run.environment.put(TRYING, 0);
    run.point("commit", "new system commits itself");
    run.environment.flush();
    run.point("commit.synced", "new system syncs the commit");
    return new BootEnd.Settled<>(run.end());
  }

  @Override
  public List<Interruption> interruptions(State state) {
    return List.of();
  }

  @Override
  public List<Event<State>> eventsAtRest(State settled) {
    return List.of();
  }

  @Override
  public Optional<State> nextUpdate(State settled) {
    return Optional.empty();
  }

  @Override
  public Observation observe(State settled) {
    boolean isNew = settled.environment().get(ACTIVE) == 1;
    TreeMap<String, String> running = new TreeMap<>(Map.of("system", isNew ? "2" : "1"));
    return new Observation(isNew ? Outcome.NEW : Outcome.OLD, running, running, isNew ? "done" : "none", "", true, true,
        true, false, new TreeMap<>(), false, "", "", false, 0, 0, true);
  }

  @Override
  public List<String> volumes() {
    return List.of("environment", "slot B");
  }

  @Override
  public List<Variable> describe(State state) {
    return List.of(
        new Variable("environment", "active", state.environment().get(ACTIVE) == 1 ? "B" : "A"),
        new Variable("environment", "trying", String.valueOf(state.environment().get(TRYING))),
        new Variable("environment", "tries", String.valueOf(state.environment().get(TRIES))),
        new Variable("slot B", "blocks", state.slot().toString()));
  }
}
