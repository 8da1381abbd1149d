package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.Fault;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.Overlay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
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
   * Wall seconds that one state takes while all machines of the bench are in use.
   *
   * @param states to measure, cut after evenly spread numbers of requests
   * @throws IOException {@code cannot ...}: twice in a row the update was over, or stuck, before its cut
   */
  double secondsPerState(int states, int requests, Consumer<String> progress) throws IOException {
    List<Future<Long>> begun = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      long cut = 2 + (long) i * (requests - 2) / states;
      begun.add(bench.begin(() -> nanos(cut)));
    }
    long nanos = 0;
    for (int i = 0; i < states; i++) {
      nanos += Bench.await(begun.get(i));
      progress.accept("plain way, state " + (i + 1) + " of " + states);
    }
    return nanos / 1e9 / states / Math.min(states, bench.machines());
  }

  private long nanos(long cut) throws IOException {
    long from = System.nanoTime();
    String problem = state(cut);
    if (!problem.isEmpty()) {
      from = System.nanoTime();
      problem = state(cut);
    }
    if (!problem.isEmpty()) {
      throw new IOException("cannot judge the state after request " + cut + " in the plain way: " + problem);
    }
    return System.nanoTime() - from;
  }

  /** Runs the update into a cut and boots what is left; says why if there was no cut. */
  private String state(long requests) throws IOException {
    DiskState base = DiskState.of(bench.base());
    try (Overlay overlay = Overlay.on(base, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      disk.setFaults(List.of(new Fault.CutAfter(requests)));
      disk.powerCut().thenRun(() -> bench.cutPower(disk));
      Bench.UpdateEnd end = bench.update(disk);
      if (!disk.dead()) {
        return end.good() ? "the update was over before request " + requests : end.problem();
      }
      trials.run(base.withChangesOf(overlay));
      return "";
    }
  }
}
