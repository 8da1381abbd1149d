package dev.plugpull.faultinjection.explore;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A device whose program is drawn from a seed: few volumes, few cells, few operations, every kind of ending. */
final class RandomDevice implements UpdatingDevice<RandomDevice.State> {
  private static final int CELLS = 2;
  private static final int VALUES = 3;

  record World(boolean strikes, boolean events, boolean offered, int memory) {
    Hash128 hash() {
      return Hash128.of(toString());
    }
  }

  record State(List<CellDisk> disks, World world) {}

  private record Survivors(World world) implements BootListener.Surviving<State> {
    @Override
    public Hash128 hash() {
      return world.hash();
    }

    @Override
    public State cut(List<VolumeState> volumes) {
      return new State(volumes.stream().map(CellDisk.class::cast).toList(), world);
    }
  }

  private final long seed;
  private final int volumes;
  private final int operations;
  private final boolean struck;

  RandomDevice(long seed, int volumes, int operations, boolean struck) {
    this.seed = seed;
    this.volumes = volumes;
    this.operations = operations;
    this.struck = struck;
  }

  @Override
  public String toString() {
    return "RandomDevice[seed=" + seed + " volumes=" + volumes + " operations=" + operations + " struck=" + struck
        + "]";
  }

  @Override
  public State start() {
    List<CellDisk> disks = new ArrayList<>();
    for (int i = 0; i < volumes; i++) {
      disks.add(CellDisk.of(new int[CELLS]));
    }
    return new State(disks, new World(struck, struck, false, 0));
  }

  @Override
  public Hash128 key(State state) {
    Hash128 hash = state.world().hash();
    for (CellDisk disk : state.disks()) {
      hash = hash.then(disk.hash());
    }
    return hash;
  }

  private static final class Struck extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Interruption by;

    Struck(Interruption by) {
      super(by.name(), null, false, false);
      this.by = by;
    }
  }

  private final class Running {
    private final List<LiveCells> live = new ArrayList<>();
    private World world;
    private final BootListener<State> listener;

    Running(State state, BootListener<State> listener) {
      state.disks().forEach(disk -> live.add((LiveCells) disk.open()));
      this.world = state.world();
      this.listener = listener;
    }

    long draw(int step) {
      long digest = seed ^ Hash128.mix(step + (world.offered() ? 1000 : 0));
      for (LiveCells disk : live) {
        for (int cell = 0; cell < CELLS; cell++) {
          digest = Hash128.mix(digest * VALUES + disk.get(cell));
        }
      }
      return Hash128.mix(digest + world.memory()) >>> 1;
    }

    void operate(long draw, int step) {
      LiveCells disk = live.get((int) (draw / 7 % volumes));
      int cell = (int) (draw / 31 % CELLS);
      int value = (int) (draw / 101 % VALUES);
      switch ((int) (draw % 7)) {
        case 0 -> disk.flush();
        case 1 -> disk.putOrdered(cell, value);
        case 2 -> disk.putAll(0, value, (value + 1) % VALUES);
        case 3 -> world = new World(world.strikes(), world.events(), world.offered(), value);
        default -> disk.put(cell, value);
      }
      point("op" + draw % 7);
      if (draw % 97 == 0) {
        listener.violation("MONITOR", "seen at step " + step);
      }
    }

    void point(String name) {
      Interruption by = listener.crashPoint(name, "operates", live, new Survivors(world));
      if (by != Interruption.NONE) {
        world = new World(false, world.events(), world.offered(), world.memory());
        if (by != Interruption.DISK_FULL) {
          throw new Struck(by);
        }
      }
    }

    State end() {
      return new State(live.stream().map(LiveCells::settled).toList(), world);
    }
  }

  @Override
  public BootEnd<State> boot(State state, BootListener<State> listener) {
    Running run = new Running(state, listener);
    try {
      run.point("power-on");
      long draw = run.draw(-1);
      for (int step = 0; step < operations && draw % 4 != 0; step++) {
        run.operate(run.draw(step), step);
      }
      return end(run, run.draw(-2), draw % 4 == 0);
    } catch (Struck strike) {
      return strike.by == Interruption.WARM_RESET
          ? new BootEnd.Restart<>(run.end(), "reset")
          : end(run, run.draw(-3), false);
    }
  }

  private static BootEnd<State> end(Running run, long draw, boolean idle) {
    State state = run.end();
    State cycled = new State(state.disks(), new World(false, false, state.world().offered(), 0));
    return switch ((int) (draw % 6)) {
      case 0 -> new BootEnd.Stuck<>(state, "prompt " + draw % 2, cycled, draw % 5 == 0);
      case 1 -> new BootEnd.Restart<>(state, "reason " + draw % 3);
      default -> idle || draw % 3 == 0 ? new BootEnd.Settled<>(state) : new BootEnd.Restart<>(state, "reboot");
    };
  }

  @Override
  public List<Interruption> interruptions(State state) {
    return state.world().strikes() ? List.of(Interruption.WARM_RESET, Interruption.USER_REBOOT, Interruption.DISK_FULL)
        : List.of();
  }

  @Override
  public List<Event<State>> eventsAtRest(State settled) {
    World world = settled.world();
    return world.events()
        ? List.of(new Event<>("revert",
            new State(settled.disks(), new World(world.strikes(), false, world.offered(), 1))))
        : List.of();
  }

  @Override
  public Optional<State> nextUpdate(State settled) {
    World world = settled.world();
    return world.offered()
        ? Optional.empty()
        : Optional.of(new State(settled.disks(), new World(false, false, true, world.memory())));
  }

  @Override
  public Observation observe(State settled) {
    int sum = settled.disks().stream().mapToInt(disk -> disk.get(0)).sum();
    Outcome outcome = Outcome.values()[sum % 4];
    return new Observation(outcome, new TreeMap<>(), new TreeMap<>(), sum % 3 == 0 ? "failed" : "done", "", true, true,
        true, false, new TreeMap<>(), false, "", "", false, 0, 0, true);
  }

  @Override
  public List<Variable> describe(State state) {
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < state.disks().size(); i++) {
      variables.add(new Variable("disk " + i, "cells", state.disks().get(i).toString()));
    }
    return variables;
  }
}
