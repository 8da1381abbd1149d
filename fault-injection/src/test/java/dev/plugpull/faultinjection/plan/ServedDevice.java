package dev.plugpull.faultinjection.plan;

import dev.plugpull.faultinjection.twin.CellDisk;
import dev.plugpull.faultinjection.twin.LiveCells;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A device that writes two blocks of a version. Its daemon can be killed, its disk can fill up, a person can switch it
 * off; at rest a person can revert it; one more version is offered when it has settled.
 */
final class ServedDevice implements UpdatingDevice<ServedDevice.State> {
  private static final String NAMELESS = "";

  /** Between two boots: the version in each block, and which one is wanted. */
  record State(CellDisk disk, int wanted) {}

  private record Survivors(int wanted) implements BootListener.Surviving<State> {
    @Override
    public Hash128 hash() {
      return Hash128.of("wanted " + wanted);
    }

    @Override
    public State cut(List<VolumeState> volumes) {
      return new State((CellDisk) volumes.getFirst(), wanted);
    }
  }

  @Override
  public State start() {
    return new State(CellDisk.of(1, 1), 2);
  }

  @Override
  public Hash128 key(State state) {
    return state.disk().hash().then(Hash128.of("wanted " + state.wanted()));
  }

  @Override
  public BootEnd<State> boot(State state, BootListener<State> listener) {
    LiveCells disk = (LiveCells) state.disk().open();
    listener.crashPoint("power-on", NAMELESS, List.of(disk), new Survivors(state.wanted()));
    boolean full = false;
    for (int block = 0; block < state.disk().size(); block++) {
      if (disk.get(block) == state.wanted() || full) {
        continue;
      }
      disk.put(block, state.wanted());
      listener.step("daemon", "block " + block, "daemon.c:" + (10 + block));
      switch (listener.crashPoint("write", "writes block " + block, List.of(disk), new Survivors(state.wanted()))) {
        case DAEMON_KILLED -> {
          listener.violation("TIDY", "the daemon died while it wrote");
          listener.violation("TIDY", "the daemon died while it wrote");
          return new BootEnd.Restart<>(new State(disk.settled(), state.wanted()), "the daemon starts again");
        }
        case POWER_OFF -> {
          State off = new State(disk.settled(), state.wanted());
          return new BootEnd.Stuck<>(off, "it is switched off", off, true);
        }
        case DISK_FULL -> full = true;
        default -> disk.get(block);
      }
    }
    listener.crashPoint("end", "has written", List.of(disk), new Survivors(state.wanted()));
    return new BootEnd.Settled<>(new State(disk.settled(), state.wanted()));
  }

  @Override
  public List<String> volumes() {
    return List.of("flash");
  }

  @Override
  public List<Interruption> interruptions(State state) {
    return List.of(Interruption.DAEMON_KILLED, Interruption.POWER_OFF, Interruption.DISK_FULL);
  }

  @Override
  public List<Event<State>> eventsAtRest(State settled) {
    return settled.wanted() == 1 ? List.of() : List.of(new Event<>("revert", new State(settled.disk(), 1)));
  }

  @Override
  public Optional<State> nextUpdate(State settled) {
    return settled.wanted() == 2 ? Optional.of(new State(settled.disk(), 3)) : Optional.empty();
  }

  @Override
  public Observation observe(State settled) {
    Outcome outcome = settled.disk().get(0) != settled.disk().get(1) ? Outcome.MIXED
        : settled.disk().get(0) == 1 ? Outcome.OLD : Outcome.NEW;
    return new Observation(outcome, new TreeMap<>(Map.of("blocks", settled.disk().toString())), new TreeMap<>(), "done",
        "", true, true, true, false, new TreeMap<>(), false, "", "", false, 0, 0, true);
  }

  @Override
  public List<Variable> describe(State state) {
    return List.of(new Variable("flash", "blocks", state.disk().toString()));
  }
}
