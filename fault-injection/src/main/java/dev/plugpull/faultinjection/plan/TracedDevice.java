package dev.plugpull.faultinjection.plan;

import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.ForwardingDevice;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device that writes down what happens to it, and that the steps of a plan strike.
 *
 * @param <S> the state between two boots
 */
final class TracedDevice<S> implements ForwardingDevice<S> {
  private final UpdatingDevice<S> device;
  private final boolean tracing;
  private final List<TraceStep> trace = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private int boots;

  TracedDevice(UpdatingDevice<S> device, boolean tracing) {
    this.device = device;
    this.tracing = tracing;
  }

  @Override
  public UpdatingDevice<S> device() {
    return device;
  }

  List<TraceStep> trace() {
    return trace;
  }

  List<Violation> violations() {
    return violations;
  }

  List<String> missing() {
    return missing;
  }

  void tell(TraceStep.Kind kind, String actor, String text) {
    if (tracing) {
      trace.add(new TraceStep(boots, kind, actor, text, "", List.of()));
    }
  }

  @Override
  public BootEnd<S> boot(S state, BootListener<S> listener) {
    boots++;
    if (tracing) {
      trace.add(new TraceStep(boots, TraceStep.Kind.BOOT, "", "boot " + boots, "", device.describe(state)));
    }
    BootEnd<S> end = device.boot(state, listener);
    boolean cut = listener instanceof Strikes<?> strikes && strikes.isCut();
    if (!cut) {
      tell(TraceStep.Kind.END, "", switch (end) {
        case BootEnd.Restart<S> restart -> "resets: " + restart.why();
        case BootEnd.Settled<S> settled -> "has nothing more to do";
        case BootEnd.Stuck<S> stuck -> "is stuck: " + stuck.why();
      });
    }
    return end;
  }

  /** A listener that lets a boot run and writes it down. */
  Strikes<S> undisturbed() {
    return new Strikes<>(this, null, null);
  }

  Strikes<S> struckBy(FaultPlan.Strike strike, FaultPlan.Cut cut) {
    return new Strikes<>(this, strike, cut);
  }

  /** Listens to one boot, strikes it where the plan says, and catches the state that a cut leaves. */
  static final class Strikes<S> implements BootListener<S> {
    private final TracedDevice<S> device;
    private final FaultPlan.Strike strike;
    private final FaultPlan.Cut cut;
    private final Map<String, Integer> seen = new HashMap<>();
    private boolean struck;
    private S left;
    private FaultPlan.Cut told;

    private Strikes(TracedDevice<S> device, FaultPlan.Strike strike, FaultPlan.Cut cut) {
      this.device = device;
      this.strike = strike;
      this.cut = cut;
    }

    boolean isCut() {
      return left != null;
    }

    /** What the cut left, null if power never failed. */
    S left() {
      return left;
    }

    /** The cut with its losses told anew. */
    FaultPlan.Cut told() {
      return told;
    }

    boolean isStruck() {
      return struck;
    }

    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      if (isCut()) {
        return Interruption.NONE;
      }
      int occurrence = seen.merge(point, 1, Integer::sum);
      device.tell(TraceStep.Kind.POINT, "", what.isEmpty() ? point : point + ": " + what);
      if (cut != null && (strike == null || struck) && cut.point().equals(point) && cut.occurrence() == occurrence) {
        cut(volumes, rest);
        return Interruption.NONE;
      }
      if (strike != null && !struck && strike.point().equals(point) && strike.occurrence() == occurrence) {
        struck = true;
        device.tell(TraceStep.Kind.FAULT, "fault", strike.words());
        return strike.by();
      }
      return Interruption.NONE;
    }

    private void cut(List<? extends LiveVolume> volumes, Surviving<S> rest) {
      List<VolumeState> states = new ArrayList<>();
      List<BitSet> kept = new ArrayList<>();
      for (int i = 0; i < volumes.size(); i++) {
        PendingWindow window = volumes.get(i).pending();
        kept.add(Losses.kept(Losses.of(cut.losses(), i), window, device.missing));
        states.add(Losses.apply(window, kept.get(i)));
      }
      told = new FaultPlan.Cut(
          cut.boot(), cut.point(), cut.occurrence(), Losses.told(volumes, device.volumes(), kept));
      device.tell(TraceStep.Kind.FAULT, "fault", told.words());
      left = rest.cut(states);
    }

    @Override
    public void step(String actor, String what, String where) {
      if (device.tracing && !isCut()) {
        device.trace.add(new TraceStep(device.boots, TraceStep.Kind.STEP, actor, what, where, List.of()));
      }
    }

    @Override
    public boolean tracing() {
      return device.tracing;
    }

    @Override
    public void violation(String property, String why) {
      if (isCut()) {
        return;
      }
      device.tell(TraceStep.Kind.VIOLATION, "", property + ": " + why);
      Violation violation = new Violation(property, why);
      if (!device.violations.contains(violation)) {
        device.violations.add(violation);
      }
    }
  }

  @Override
  public Optional<S> nextUpdate(S settled) {
    Optional<S> next = device.nextUpdate(settled);
    if (next.isPresent()) {
      tell(TraceStep.Kind.NEXT_UPDATE, "", "the next update is on offer");
    }
    return next;
  }
}
