package dev.plugpull.scenarios.jqwik;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;

/**
 * A device between two boots, driven step by step, that writes its own fault plan. Mutable; for one thread.
 *
 * @param <S> the state between two boots
 */
public final class RunningDevice<S> {
  private final Trial<S> trial;
  private final UpdatingDevice<S> device;
  private final List<FaultPlan.Step> steps = new ArrayList<>();
  private S state;
  private int boot;
  private List<UpdatingDevice.Event<S>> possible = List.of();
  private BootEnd.Stuck<S> stuck;

  /** The clean device at the beginning of its scenario. */
  public RunningDevice(Trial<S> trial) {
    this.trial = trial;
    this.device = trial.device();
    this.state = device.start();
  }

  /** The state between two boots. */
  public S state() {
    return state;
  }

  /** The history up to now. */
  public Attempt<S> attempt() {
    return trial.attempt(new FaultPlan(steps));
  }

  /** True if nothing but {@link #powerCycle} gets it going. */
  public boolean isStuck() {
    return stuck != null;
  }

  /** What may strike during its next boot. */
  public List<Interruption> interruptions() {
    return isStuck() ? List.of() : device.interruptions(state);
  }

  /** What may happen to it now, at rest. */
  public List<String> eventsAtRest() {
    return possible.stream().map(UpdatingDevice.Event::name).toList();
  }

  /** Boots once, and nothing strikes. */
  public void boot() {
    requireAlive();
    boot++;
    end(device.boot(state, BootStrikes.none()));
  }

  /**
   * Boots, and power fails.
   *
   * @param where which crash point of the boot, counted from 0, modulo their number
   * @param losses what is lost of the pending writes, volume by volume; begun again when there are more volumes
   */
  public void cut(int where, List<LossChoice> losses) {
    requireAlive();
    boot++;
    List<String> points = points();
    if (points.isEmpty()) {
      end(device.boot(state, BootStrikes.none()));
      return;
    }
    BootStrikes<S> strikes = BootStrikes.cut(Math.floorMod(where, points.size()), losses, device.volumes());
    device.boot(state, strikes);
    steps.add(strikes.told(boot));
    possible = List.of();
    state = strikes.left();
  }

  /** Boots, and something else strikes at a crash point. */
  public void strike(int where, Interruption by) {
    requireAlive();
    boot++;
    List<String> points = points();
    if (points.isEmpty()) {
      end(device.boot(state, BootStrikes.none()));
      return;
    }
    int at = Math.floorMod(where, points.size());
    String point = points.get(at);
    int occurrence = (int) points.subList(0, at + 1).stream().filter(point::equals).count();
    steps.add(new FaultPlan.Strike(boot, point, occurrence, by));
    end(device.boot(state, BootStrikes.strike(at, by)));
  }

  private List<String> points() {
    BootStrikes<S> counting = BootStrikes.none();
    device.boot(state, counting);
    return counting.points();
  }

  /** Something happens to the device while it rests. */
  public void atRest(int which) {
    if (possible.isEmpty()) {
      throw new IllegalStateException("cannot happen: nothing can happen to " + trial.title() + " now");
    }
    UpdatingDevice.Event<S> event = possible.get(Math.floorMod(which, possible.size()));
    steps.add(new FaultPlan.AtRest(boot, event.name()));
    state = event.result();
    possible = List.of();
  }

  /** A person switches it off and on. */
  public void powerCycle() {
    if (stuck == null) {
      throw new IllegalStateException("cannot power-cycle " + trial.title() + ": it is not stuck");
    }
    steps.add(new FaultPlan.PowerCycle(boot));
    state = stuck.afterPowerCycle();
    stuck = null;
  }

  private void requireAlive() {
    if (stuck != null) {
      throw new IllegalStateException("cannot boot " + trial.title() + ": " + stuck.why());
    }
  }

  private void end(BootEnd<S> end) {
    possible = List.of();
    switch (end) {
      case BootEnd.Restart<S> restart -> state = restart.next();
      case BootEnd.Settled<S> settled -> {
        if (device.key(settled.state()).equals(device.key(state))) {
          possible = device.eventsAtRest(settled.state());
        }
        state = settled.state();
      }
      case BootEnd.Stuck<S> halt -> {
        stuck = halt;
        state = halt.state();
      }
    }
  }

  @Override
  public String toString() {
    return attempt().toString();
  }
}
