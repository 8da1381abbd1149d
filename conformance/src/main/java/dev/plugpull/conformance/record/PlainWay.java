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
   */
  double secondsPerState(int states, int requests, Consumer<String> progress) throws IOException {
    long from = System.nanoTime();
    for (int i = 0; i < states; i++) {
      DiskState base = DiskState.of(bench.base());
      DiskState left;
      try (Overlay overlay = Overlay.on(base, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
        disk.setFaults(List.of(new Fault.CutAfter(2 + (long) i * (requests - 2) / states)));
        disk.powerCut().thenRun(bench::cutPower);
        bench.update(disk);
        left = base.withChangesOf(overlay);
      }
      Trial trial = trials.run(left);
      progress.accept("plain way, state " + (i + 1) + " of " + states + ": " + trial.outcome().word());
    }
    return (System.nanoTime() - from) / 1e9 / states;
  }
}
