package dev.plugpull.conformance.cli;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.replay.DiskVolume;
import dev.plugpull.faultinjection.disk.replay.DiskWindow;
import dev.plugpull.faultinjection.disk.replay.LogReplay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Which of the requests that no flush covered a power cut keeps. */
sealed interface CutRule {

  /** Only what was flushed. */
  record None() implements CutRule {}

  /** All that had reached the disk. */
  record All() implements CutRule {}

  /** Each atomic unit with a chance of one half. */
  record Chance(long seed) implements CutRule {}

  static CutRule parse(String text) {
    try {
      return switch (text) {
        case "none" -> new None();
        case "all" -> new All();
        case String random when random.startsWith("random:") -> new Chance(Long.parseLong(random.substring(7)));
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw new CannotException("cannot keep '" + text + "' after a power cut: give none, all or random:SEED");
    }
  }

  /** The state that the cut at the end of the recording left. */
  default DiskState choose(Path recording, DiskState start) throws IOException {
    DiskLog log = DiskLog.read(recording);
    LogReplay replay = LogReplay.of(log, 0, start).advanceTo(log.size());
    return switch (this) {
      case None _ -> replay.durable();
      case All _ -> replay.live();
      case Chance chance -> someOf(replay.window().torn(), new Random(chance.seed()));
    };
  }

  private static DiskState someOf(DiskWindow window, Random random) {
    DiskVolume state = window.base();
    for (int i = 0; i < window.size(); i++) {
      state = random.nextBoolean() ? window.apply(state, i) : state;
    }
    return state.disk();
  }
}
