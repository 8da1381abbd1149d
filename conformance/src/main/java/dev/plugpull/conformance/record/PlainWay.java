package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.Fault;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.Overlay;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What everybody does without a recording: let the update run, cut the power, look; once for each state. */
final class PlainWay {
  private final Bench bench;
  private final Trials trials;

  PlainWay(Bench bench, Trials trials) {
    this.bench = bench;
    this.trials = trials;
  }

  /**
   * Wall seconds that one state takes.
   *
   * @param states to measure, cut after evenly spread numbers of requests
   * @throws IOException {@code cannot ...}: twice in a row the update was over, or stuck, before its cut
   */
  double secondsPerState(int states, int requests, Consumer<String> progress) throws IOException {
    long nanos = 0;
    int failures = 0;
    for (int i = 0; i < states; ) {
      long from = System.nanoTime();
      String problem = state(2 + (long) i * (requests - 2) / states);
      if (problem.isEmpty()) {
        nanos += System.nanoTime() - from;
        failures = 0;
        i++;
        progress.accept("plain way, state " + i + " of " + states);
      } else if (++failures == 2) {
        throw new IOException("cannot judge state " + (i + 1) + " in the plain way: " + problem);
      }
    }
    return nanos / 1e9 / states;
  }

  /** Runs the update into a cut and boots what is left; says why if there was no cut. */
  private String state(long requests) throws IOException {
    DiskState base = DiskState.of(bench.base());
    try (Overlay overlay = Overlay.on(base, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      disk.setFaults(List.of(new Fault.CutAfter(requests)));
      disk.powerCut().thenRun(bench::cutPower);
      Bench.UpdateEnd end = bench.update(disk);
      if (!disk.dead()) {
        return end.good() ? "the update was over before request " + requests : end.problem();
      }
      trials.run(base.withChangesOf(overlay));
      return "";
    }
  }
}
