package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.crash.CrashStateEnumerator;
import dev.plugpull.faultinjection.crash.CrashStates;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Replays a recording and has the judge look at every crash state after every operation. */
final class Exploration {
  private final Judge judge;
  private final int depth;
  private final String promisedBefore;

  /**
   * What a search found.
   *
   * @param failure the failure that loses least, or null
   * @param failing how many failing states were met (counted once a point)
   * @param states how many crash states were met, counted once a point
   * @param points how many operations changed what a cut could leave
   * @param complete false if the search stopped early
   */
  record Outcome(Failure failure, long failing, long states, long points, boolean complete) {}

  Exploration(Judge judge, int depth, String promisedBefore) {
    this.judge = judge;
    this.depth = depth;
    this.promisedBefore = promisedBefore;
  }

  Outcome everything(VolumeState start, List<Step> steps) {
    return new Run(start, steps, false, Long.MAX_VALUE, -1).go();
  }

  /** Stops at the first point with a failure. */
  Outcome firstFailure(VolumeState start, List<Step> steps) {
    return new Run(start, steps, true, Long.MAX_VALUE, -1).go();
  }

  /** As {@link #firstFailure}, looks at cuts after operation {@code from} on and gives up after so many states. */
  Outcome firstFailure(VolumeState start, List<Step> steps, int from, long most) {
    return new Run(start, steps, true, most, from).go();
  }

  private final class Run {
    private final List<Step> steps;
    private final VolumeState start;
    private final LiveVolume volume;
    private final CrashStateEnumerator enumerator;
    private final Origins origins = new Origins();
    private final boolean stopEarly;
    private final long most;
    private final int from;
    private String promised = promisedBefore;
    private CrashStates previous;
    private RecentWindow recent;
    private long version = -1;
    private Failure best;
    private long failing;
    private long states;
    private long points;

    Run(VolumeState start, List<Step> steps, boolean stopEarly, long most, int from) {
      this.start = start;
      this.steps = steps;
      this.stopEarly = stopEarly;
      this.most = most;
      this.from = from;
      this.volume = start.open();
      CrashLimits limits = judge.bounds().limits(steps.size());
      this.enumerator = new CrashStateEnumerator(limits);
      volume.mount();
    }

    Outcome go() {
      boolean complete = true;
      version = volume.version();
      origins.note(volume.pending(), -1);
      if (depth == 0) {
        look(-1);
      }
      for (int i = 0; i < steps.size() && complete; i++) {
        carryOut(i);
        complete = !(stopEarly && best != null) && states < most;
      }
      return new Outcome(best, failing, states, points, complete);
    }

    private void carryOut(int step) {
      Operation operation = steps.get(step).operation();
      if (operation instanceof Operation.Promise promise) {
        promised = promise.value();
        previous = null;
        look(step);
        return;
      }
      try {
        Replay.apply(volume, operation);
      } catch (IllegalStateException e) {
        throw new IllegalStateException(
            "cannot replay operation " + (step + 1) + ", " + steps.get(step).words() + ": " + e.getMessage(), e);
      }
      if (volume.version() != version) {
        version = volume.version();
        origins.note(volume.pending(), step);
        look(step);
      }
    }

    private void look(int step) {
      if (step < from) {
        return;
      }
      points++;
      PendingWindow window = volume.pending();
      int most = free(step);
      boolean narrowed = window.size() > most;
      if (narrowed) {
        recent = RecentWindow.of(window, most, recent);
        window = recent;
      }
      CrashStates now = enumerator.enumerate(window, previous);
      if (now.bounded() || narrowed) {
        judge.countBounded();
      }
      previous = now;
      for (int i = 0; i < now.size(); i++) {
        states++;
        Verdict verdict = judge.judge(now.state(i), promised, depth);
        if (!verdict.passed()) {
          failing++;
          keepBetter(now, i, step, verdict);
        }
      }
    }

    private int free(int step) {
      boolean promises = step >= 0 && steps.get(step).operation() instanceof Operation.Promise;
      return promises ? judge.bounds().recentAtPromise() : judge.bounds().recent(steps.size());
    }

    private void keepBetter(CrashStates found, int state, int step, Verdict verdict) {
      Loss loss = new Loss(found.window(), found.kept(state));
      int further = verdict.inRecovery() == null ? 0 : 1000 + verdict.inRecovery().cost();
      int cost = loss.lost() + further;
      if (best == null || cost < best.cost()) {
        best = told(loss.shrunk(judge, promised, depth), step);
      }
    }

    private Failure told(Loss loss, int step) {
      PendingWindow window = loss.window();
      int[] origin = origins.steps(window);
      List<String> labels = new ArrayList<>();
      List<Integer> labelSteps = new ArrayList<>();
      BitSet lost = new BitSet();
      BitSet pending = new BitSet();
      for (int i = 0; i < origin.length; i++) {
        if (origin[i] < 0) {
          continue;
        }
        pending.set(origin[i]);
        if (!loss.kept().get(i)) {
          lost.set(origin[i]);
          labels.add(window.label(i));
          labelSteps.add(origin[i]);
        }
      }
      Verdict verdict = judge.judge(loss.state(), promised, depth);
      return new Failure(
          start, depth, promisedBefore, steps, step, lost, labels, labelSteps, pending, promised,
          verdict.thrown(), verdict.inRecovery());
    }
  }
}
