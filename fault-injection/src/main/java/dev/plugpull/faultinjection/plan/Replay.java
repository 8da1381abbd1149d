package dev.plugpull.faultinjection.plan;

import dev.plugpull.faultinjection.settling.Judge;
import dev.plugpull.faultinjection.settling.QuietListener;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.SettlingWalk;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats fault plans on a device, one after another, each from the start of its scenario.
 *
 * @param <S> the state between two boots
 */
public final class Replay<S> {
  private final UpdatingDevice<S> device;
  private final Judge<S> judge;

  public Replay(UpdatingDevice<S> device, Judge<S> judge) {
    this.device = device;
    this.judge = judge;
  }

  /** Repeats a plan and tells the whole story. */
  public Replayed<S> trace(FaultPlan plan) {
    return new Run(plan, true).run();
  }

  /** Repeats a plan without telling its story. */
  public Replayed<S> check(FaultPlan plan) {
    return new Run(plan, false).run();
  }

  private final class Run {
    private final FaultPlan plan;
    private final TracedDevice<S> traced;
    private final List<FaultPlan.Step> told = new ArrayList<>();
    private int next;
    private S state;
    /** Set when a strike got the device stuck and no step follows. */
    private BootEnd.Stuck<S> stuck;

    Run(FaultPlan plan, boolean tracing) {
      this.plan = plan;
      this.traced = new TracedDevice<>(device, tracing);
    }

    Replayed<S> run() {
      state = device.start();
      boolean followed = follow();
      Settlement<S> end = followed ? settle() : null;
      List<Violation> violations = new ArrayList<>(traced.violations());
      if (end != null) {
        for (Violation violation : judge.judge(end)) {
          if (!violations.contains(violation)) {
            violations.add(violation);
          }
        }
      }
      FaultPlan repeated = followed ? new FaultPlan(told) : plan;
      return new Replayed<>(repeated, traced.trace(), end, violations, traced.missing());
    }

    private boolean follow() {
      for (int boot = 1; next < plan.steps().size(); boot++) {
        if (plan.steps().get(next).boot() < boot || !boot(boot)) {
          unreached();
          return false;
        }
      }
      return true;
    }

    private void unreached() {
      if (next < plan.steps().size()) {
        traced.missing().add("not reached: " + plan.steps().get(next).words());
      }
    }

    private <T extends FaultPlan.Step> T take(int boot, Class<T> kind) {
      if (next < plan.steps().size()
          && plan.steps().get(next).boot() == boot
          && kind.isInstance(plan.steps().get(next))) {
        return kind.cast(plan.steps().get(next++));
      }
      return null;
    }

    /** Runs one boot with its steps; false if one of them did not strike. */
    private boolean boot(int boot) {
      int first = next;
      FaultPlan.Strike strike = take(boot, FaultPlan.Strike.class);
      FaultPlan.Cut cut = take(boot, FaultPlan.Cut.class);
      TracedDevice.Strikes<S> strikes = traced.struckBy(strike, cut);
      BootEnd<S> end = traced.boot(state, strikes);
      if (strike != null && !strikes.isStruck() || cut != null && !strikes.isCut()) {
        next = first;
        return false;
      }
      if (strike != null) {
        told.add(strike);
      }
      if (cut != null) {
        told.add(strikes.told());
        state = strikes.left();
        return true;
      }
      return ended(boot, end);
    }

    private boolean ended(int boot, BootEnd<S> end) {
      return switch (end) {
        case BootEnd.Restart<S> restart -> {
          state = restart.next();
          yield true;
        }
        case BootEnd.Settled<S> settled -> {
          boolean repeats = device.key(settled.state()).equals(device.key(state));
          state = settled.state();
          FaultPlan.AtRest event = take(boot, FaultPlan.AtRest.class);
          boolean happened = event == null || repeats && happens(event);
          if (!happened) {
            next--;
          }
          yield happened;
        }
        case BootEnd.Stuck<S> halt -> {
          FaultPlan.PowerCycle cycle = take(boot, FaultPlan.PowerCycle.class);
          if (cycle == null && next == plan.steps().size()) {
            stuck = halt;
            yield true;
          }
          state = halt.afterPowerCycle();
          if (cycle != null) {
            told.add(cycle);
            traced.tell(TraceStep.Kind.FAULT, "fault", cycle.words());
          }
          yield cycle != null;
        }
      };
    }

    private boolean happens(FaultPlan.AtRest event) {
      for (UpdatingDevice.Event<S> possible : device.eventsAtRest(state)) {
        if (possible.name().equals(event.event())) {
          state = possible.result();
          told.add(event);
          traced.tell(TraceStep.Kind.FAULT, "fault", event.words());
          return true;
        }
      }
      return false;
    }

    private Settlement<S> settle() {
      if (stuck == null) {
        return new SettlingWalk<>(traced, traced.undisturbed()).settle(state, plan.steps().isEmpty());
      }
      boolean healed = new SettlingWalk<>(device, new QuietListener<>()).heals(stuck.afterPowerCycle());
      return Settlement.stuck(stuck.state(), device.observeUnsettled(stuck.state()), stuck.why(), stuck.assumed(),
          healed, 0, false);
    }
  }
}
