package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.BootEnd;
import dev.plugpull.conformance.machine.Health;
import dev.plugpull.conformance.machine.Home;
import dev.plugpull.faultinjection.disk.Fault;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import dev.plugpull.faultinjection.disk.log.Operation;
import dev.plugpull.faultinjection.disk.replay.LogReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Records one real update. */
public final class Recorder {
  private final Bench bench;
  private final Home home;
  private final String image;
  private final Consumer<String> progress;

  /**
   * A recorder.
   *
   * @param image digest of the image's recipe
   */
  public Recorder(Bench bench, Home home, String image, Consumer<String> progress) {
    this.bench = bench;
    this.home = home;
    this.image = image;
    this.progress = progress;
  }

  /**
   * Boots, updates, boots again, and keeps what reached the disk.
   *
   * @throws IOException {@code cannot record ...}: the system is not healthy before or after, or the update fails; the
   *     folder with log and console is kept and named
   */
  public Recording record() throws IOException {
    Path folder = Recording.next(home, bench.target());
    DiskState base = DiskState.of(bench.base());
    long from = System.nanoTime();
    Bench.UpdateEnd update;
    DiskState after;
    try (Overlay overlay = Overlay.on(base, bench.run().path());
        LogWriter log = LogWriter.create(folder.resolve("disk.log"), LogHeader.of("disk0", base.size()));
        FaultDisk disk = FaultDisk.recorded(overlay, log, 0)) {
      progress.accept("recording one update of " + bench.target().name());
      update = bench.update(disk);
      after = base.withChangesOf(overlay);
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    Files.writeString(folder.resolve("console.txt"), update.console());
    if (!update.good()) {
      throw failed(folder, update.problem());
    }
    Health start = ((BootEnd.Healthy) update.boot()).health();
    Health end = boot(after, folder, "after the update, ");
    if (end.sameSystem(start, bench.target().health())) {
      throw failed(folder, "the update changed nothing: before and after it, the system says " + end);
    }
    checkLog(folder, base, after);
    Recording recording = new Recording(folder, image, start, end, seconds);
    recording.save();
    return recording;
  }

  private Health boot(DiskState state, Path folder, String when) throws IOException {
    try (Overlay overlay = Overlay.on(state, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      BootEnd end = bench.boot(disk);
      if (end instanceof BootEnd.Healthy up) {
        return up.health();
      }
      throw failed(folder, when + end.words());
    }
  }

  private IOException failed(Path folder, String why) {
    return new IOException("cannot record an update of " + bench.target().name() + ": " + why
        + "; its console is in " + folder.resolve("console.txt"));
  }

  /** The log must lead to the very disk that the machine left; else no state that is built from it means anything. */
  private static void checkLog(Path folder, DiskState base, DiskState after) throws IOException {
    DiskLog log = DiskLog.read(folder.resolve("disk.log"));
    DiskState replayed = LogReplay.of(log, 0, base).advanceTo(log.size()).live();
    if (!replayed.hash().equals(after.hash())) {
      throw new IOException("cannot use recording " + folder + ": its log does not lead to the disk that was left");
    }
  }

  /**
   * Lets the same update run again, cuts the machine's power in the middle of it, and compares what is on the disk
   * with the crash states that the log of that run allows.
   *
   * @param recording of a run that was not cut; tells where the middle is
   * @return what differs, or an empty text
   */
  public String compareWithRealKill(Recording recording) throws IOException {
    DiskState base = DiskState.of(bench.base());
    long requests = middle(recording.readLog());
    Path file = bench.run().fresh("killed");
    DiskState left;
    try (Overlay overlay = Overlay.on(base, bench.run().path());
        LogWriter log = LogWriter.create(file, LogHeader.of("disk0", base.size()));
        FaultDisk disk = FaultDisk.recorded(overlay, log, 0)) {
      disk.setFaults(List.of(new Fault.CutAfter(requests)));
      disk.powerCut().thenRun(() -> bench.cutPower(disk));
      Bench.UpdateEnd end = bench.update(disk);
      if (!disk.dead()) {
        return "the update was over before request " + requests + ": " + end.problem();
      }
      left = base.withChangesOf(overlay);
    }
    DiskLog log = DiskLog.read(file);
    Files.delete(file);
    return KilledDisk.compare(LogReplay.of(log, 0, base).advanceTo(log.size()).window(), left);
  }

  /** How many requests that are not reads there were at the middle of the update, counted from the boot on. */
  private static long middle(DiskLog log) {
    long before = 0;
    long all = 0;
    boolean updating = false;
    for (LogEntry entry : log.entries()) {
      updating |= entry instanceof LogEntry.Mark;
      if (entry instanceof LogEntry.Issued request && request.operation() != Operation.READ) {
        all++;
        before += updating ? 0 : 1;
      }
    }
    return Math.max(1, (before + all) / 2);
  }
}
