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
import java.nio.file.StandardCopyOption;
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

  /** Boots a state, and once more if the first boot fails; all of it again while it stands still. */
  Trial run(DiskState state) throws IOException {
    return Decision.observed(() -> once(state));
  }

  /** Boots a state as often as it takes to be sure of it. */
  Decision decide(DiskState state) throws IOException {
    return Decision.of(() -> once(state));
  }

  private Trial once(DiskState state) throws IOException {
    Path file = bench.run().fresh("boots");
    List<BootEnd> ends = new ArrayList<>();
    String after;
    try (Overlay overlay = Overlay.on(state, bench.run().path());
        LogWriter log = LogWriter.create(file, LogHeader.of("disk0", state.size()));
        FaultDisk disk = FaultDisk.recorded(overlay, log, 0)) {
      ends.add(boot(disk));
      after = state.withChangesOf(overlay).hash().toString();
      while (!decided(ends.getLast()) && ends.size() < BOOTS_OF_A_BAD_STATE) {
        ends.add(boot(disk));
      }
    }
    ReadSet reads = ReadSet.of(DiskLog.read(file), 0);
    Files.delete(file);
    boolean stalled = ends.stream().anyMatch(BootEnd.Stall.class::isInstance);
    boolean answers = !stalled && ends.stream().noneMatch(BootEnd.Hang.class::isInstance);
    return new Trial(ends.stream().map(BootEnd::words).toList(),
        Trial.outcome(ends, recording.start(), recording.end(), bench.target().health()), reads.sectors(), answers,
        stalled, after);
  }

  /**
   * Boots a state once and keeps what reached the disk.
   *
   * @param file of the log; appears when it is whole
   * @return false if each boot stood still, and nothing was kept
   */
  boolean recordBoot(DiskState state, Path file) throws IOException {
    Path scratch = file.resolveSibling(file.getFileName() + ".part");
    for (int i = 0; i < Decision.MOST_STALLS; i++) {
      Files.deleteIfExists(scratch);
      BootEnd end;
      try (Overlay overlay = Overlay.on(state, bench.run().path());
          LogWriter log = LogWriter.create(scratch, LogHeader.of("disk0", state.size()));
          FaultDisk disk = FaultDisk.recorded(overlay, log, 0)) {
        end = boot(disk);
      }
      if (!(end instanceof BootEnd.Stall)) {
        Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
      }
    }
    Files.delete(scratch);
    return false;
  }

  private static boolean decided(BootEnd end) {
    return end instanceof BootEnd.Healthy || end instanceof BootEnd.Stall;
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
   * Whether a state can take the next update: a second boot, the update once more, and a boot after it. What stands
   * still is tried again.
   *
   * @return what failed, or an empty text; null if it stood still each time
   */
  String settle(DiskState crashed) throws IOException {
    for (int i = 0; i < Decision.MOST_STALLS; i++) {
      String problem = settled(crashed);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  /** The same; a failure must repeat itself. */
  String settleSurely(DiskState crashed) throws IOException {
    String problem = settle(crashed);
    if (problem == null || problem.isEmpty()) {
      return problem;
    }
    String again = settle(crashed);
    return again == null || again.isEmpty() ? again : problem;
  }

  private String settled(DiskState crashed) throws IOException {
    DiskState afterFirstBoot = afterBoot(crashed);
    if (afterFirstBoot == null) {
      return null;
    }
    try (Overlay overlay = Overlay.on(afterFirstBoot, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      Bench.UpdateEnd update = bench.update(disk);
      if (!update.good()) {
        return update.stalled() ? null : "the next update fails: " + update.problem();
      }
      BootEnd end = bench.boot(disk);
      if (end instanceof BootEnd.Stall) {
        return null;
      }
      boolean fresh = end instanceof BootEnd.Healthy up
          && up.health().sameSystem(recording.end(), bench.target().health());
      return fresh ? "" : "after the next update, " + end.words();
    }
  }

  /** The disk after one more boot of a state, for settling; null if it stood still. */
  private DiskState afterBoot(DiskState state) throws IOException {
    try (Overlay overlay = Overlay.on(state, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
      return boot(disk) instanceof BootEnd.Stall ? null : state.withChangesOf(overlay);
    }
  }
}
