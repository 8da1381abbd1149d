package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * First boots of crash states, recorded in their turn beside the recording of the update: a power cut in the middle of
 * one is a second cut while the system recovers from the first. Its states have two ids, {@code prefix:4032/prefix:12}.
 */
final class Recoveries {
  private static final String THEN = "/";

  private final Recording recording;
  private final StatePlan update;
  /** By the id of the state that was booted. */
  private final Map<String, StatePlan> boots = new HashMap<>();

  Recoveries(Recording recording, StatePlan update) {
    this.recording = recording;
    this.update = update;
  }

  /** Reads a recording whose disk began as {@code base}. */
  static Recoveries of(Recording recording, DiskImage base) throws IOException {
    return new Recoveries(recording, StatePlan.of(recording.readLog(), DiskState.of(base)));
  }

  /** True if a state has been cut twice. */
  static boolean isSecondCut(String id) {
    return id.contains(THEN);
  }

  StatePlan update() {
    return update;
  }

  /** Every prefix and single loss of the first boot of a state; boots and records it if that was not done before. */
  List<CrashState> secondCuts(CrashState first, Trials trials) throws IOException {
    Path log = log(first.id());
    if (!Files.exists(log)) {
      Files.createDirectories(log.getParent());
      if (!trials.recordBoot(first.disk(), log)) {
        return List.of();
      }
    }
    StatePlan boot = plan(first);
    List<CrashState> states = new ArrayList<>();
    for (CrashState second : boot.prefixes(0, boot.log().size())) {
      states.add(after(first, second));
    }
    for (CrashState second : boot.drops(0, boot.log().size())) {
      states.add(after(first, second));
    }
    return states;
  }

  /**
   * The state of this id, after one cut or two.
   *
   * @throws IllegalArgumentException {@code cannot find crash state ...}
   * @throws IOException if the log of the first boot cannot be read
   */
  CrashState named(String id) throws IOException {
    int then = id.indexOf(THEN);
    if (then < 0) {
      return update.named(id);
    }
    CrashState first = update.named(id.substring(0, then));
    if (!Files.exists(log(first.id()))) {
      throw new IllegalArgumentException("cannot find crash state '" + id + "': the first boot of " + first.id()
          + " was not recorded; run ./plugpull vm crash --tier exhaustive");
    }
    return after(first, plan(first).named(id.substring(then + 1)));
  }

  private StatePlan plan(CrashState first) throws IOException {
    StatePlan plan = boots.get(first.id());
    if (plan == null) {
      plan = StatePlan.of(DiskLog.read(log(first.id())), first.disk());
      boots.put(first.id(), plan);
    }
    return plan;
  }

  private Path log(String state) {
    return recording.folder().resolve("recoveries").resolve(state.replace(':', '-') + ".log");
  }

  private static CrashState after(CrashState first, CrashState second) {
    return new CrashState(first.id() + THEN + second.id(), first.position(), -1, second.maker());
  }
}
