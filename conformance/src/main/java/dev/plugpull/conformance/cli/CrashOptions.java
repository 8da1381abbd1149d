package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.machine.ImageBuilder;
import dev.plugpull.conformance.machine.Target;
import dev.plugpull.conformance.record.Bench;
import dev.plugpull.conformance.record.CrashReport;
import dev.plugpull.conformance.record.CrashRequest;
import dev.plugpull.conformance.record.CrashRun;
import dev.plugpull.conformance.record.Recorder;
import dev.plugpull.conformance.record.Recording;
import dev.plugpull.conformance.record.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which crash states of a recording are judged. */
final class CrashOptions {
  @Option(names = "--tier", paramLabel = "TIER", defaultValue = "quick",
      description = "quick, standard or exhaustive (${DEFAULT-VALUE})")
  private Tier tier;

  @Option(names = "--from", paramLabel = "P", defaultValue = "-1",
      description = "look at everything from this position of the recording on, instead of what the tier chooses")
  private int from;

  @Option(names = "--to", paramLabel = "P", defaultValue = "2147483647", description = "and up to this one")
  private int to;

  @Option(names = "--most", paramLabel = "N", defaultValue = "2147483647", description = "judge at most N states")
  private int most;

  @Option(names = "--sample", paramLabel = "N", defaultValue = "-1",
      description = "boot N of the states that read sets answered (default: 5 %%, at least 59)")
  private int sample;

  @Option(names = "--settle", paramLabel = "N", defaultValue = "-1",
      description = "try the next update from N distinct disks that a first boot left (default: as the tier says)")
  private int settle;

  @Option(names = "--machines", paramLabel = "N",
      description = "machines that are on at a time, one processor each (default: as many as there are processors)")
  private Integer machines;

  /** What is said of judged states, and the exit code. */
  interface Telling {
    int tell(CrashReport report) throws IOException;
  }

  /**
   * Judges the newest recording of a target; records first if there is none. What was judged before Ctrl-C is kept.
   *
   * @param plain states to judge in the plain way too
   * @param progress of the command's terminal
   * @return the exit code
   */
  int judge(Home home, Target target, int plain, Consumer<String> progress, Telling telling) throws IOException {
    Path images = new ImageBuilder(home, progress).build(target);
    int atATime = machines == null ? Runtime.getRuntime().availableProcessors() : machines;
    if (atATime < 1) {
      throw new CannotException("cannot use " + atATime + " machines; give --machines 1 or more");
    }
    try (Bench bench = Bench.of(target, images, atATime); Interrupts interrupts = Interrupts.watch(bench::stop)) {
      try {
        return telling.tell(judged(home, bench, plain, progress));
      } catch (Bench.StoppedException stopped) {
        progress.accept("stopped; what was judged is kept, the same command goes on from there");
        return interrupts.happened() ? ExitCode.INTERRUPTED : ExitCode.UNKNOWN;
      }
    }
  }

  private CrashReport judged(Home home, Bench bench, int plain, Consumer<String> progress) throws IOException {
    String digest = ImageBuilder.digest(bench.target());
    Recording recording = Recording.newest(home, bench.target(), digest);
    if (recording == null) {
      recording = new Recorder(bench, home, digest, progress).record();
    }
    int settlings = settle < 0 ? CrashRequest.of(tier).settlings() : settle;
    CrashRequest request = new CrashRequest(tier, from, to, most, sample, settlings, plain);
    return CrashRun.run(bench, request, recording, progress);
  }
}
