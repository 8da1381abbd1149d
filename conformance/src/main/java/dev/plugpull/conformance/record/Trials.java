package dev.plugpull.conformance.record;

import dev.plugpull.conformance.machine.BootEnd;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.LogHeader;
import dev.plugpull.faultinjection.disk.log.LogWriter;
import dev.plugpull.faultinjection.disk.log.ReadSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Switches crash states on. */
final class Trials {
  /** Restarts in a row after which a boot counts as a loop. */
  private static final int MOST_RESTARTS = 3;
  private static final int BOOTS_OF_A_BAD_STATE = 2;

  private final Bench bench;
  private final Recording recording;

  Trials(Bench bench, Recording recording) {
    this.bench = bench;
    this.recording = recording;
  }

  /** Boots a state, and once more if the first boot fails. */
  Trial run(DiskState state) throws IOException {
    Path file = bench.run().fresh("boots");
    List<BootEnd> ends = new ArrayList<>();
    String after;
    try (Overlay overlay = Overlay.on(state, bench.run().path());
        LogWriter log = LogWriter.create(file, LogHeader.of("disk0", state.size()));
        FaultDisk disk = FaultDisk.recorded(overlay, log, 0)) {
      ends.add(boot(disk));
      after = state.withChangesOf(overlay).hash().toString();
      while (!(ends.getLast() instanceof BootEnd.Healthy) && ends.size() < BOOTS_OF_A_BAD_STATE) {
        ends.add(boot(disk));
      }
    }
    ReadSet reads = ReadSet.of(DiskLog.read(file), 0);
    Files.delete(file);
    boolean answers = ends.stream().noneMatch(BootEnd.Hang.class::isInstance);
    return new Trial(ends.stream().map(BootEnd::words).toList(),
        Trial.outcome(ends, recording.start(), recording.end(), bench.target().health()), reads.sectors(), answers,
        after);
  }

  /** One boot; a reset is followed by another start, as the board would do. */
  private BootEnd boot(FaultDisk disk) throws IOException {
    for (int restarts = 0; ; restarts++) {
      BootEnd end = bench.boot(disk);
      if (!(end instanceof BootEnd.Loop)) {
        return end;
      }
      if (restarts == MOST_RESTARTS) {
        return new BootEnd.Loop(restarts);
      }
    }
  }

  /**
   * Whether a state can take the next update: a second boot, the update once more, and a boot after it.
   *
   * @return what failed, or an empty text
   */
  String settle(DiskState afterFirstBoot) throws IOException {
    try (Overlay overlay = Overlay.on(afterFirstBoot, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      Bench.UpdateEnd update = bench.update(disk);
      if (!update.good()) {
        return "the next update fails: " + update.problem();
      }
      BootEnd end = bench.boot(disk);
      boolean fresh = end instanceof BootEnd.Healthy up
          && up.health().sameSystem(recording.end(), bench.target().health());
      return fresh ? "" : "after the next update, " + end.words();
    }
  }

  /** The disk after one more boot of a state, for settling. */
  DiskState afterBoot(DiskState state) throws IOException {
    try (Overlay overlay = Overlay.on(state, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      boot(disk);
      return state.withChangesOf(overlay);
    }
  }
}
