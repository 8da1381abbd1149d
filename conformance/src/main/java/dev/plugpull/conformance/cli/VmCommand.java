package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.compare.Prediction;
import dev.plugpull.conformance.compare.PredictionFile;
import dev.plugpull.conformance.compare.Predictor;
import dev.plugpull.conformance.compare.TargetModel;
import dev.plugpull.conformance.machine.BootEnd;
import dev.plugpull.conformance.machine.BootWatcher;
import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.machine.ImageBuilder;
import dev.plugpull.conformance.machine.Machine;
import dev.plugpull.conformance.machine.Target;
import dev.plugpull.conformance.machine.TargetFile;
import dev.plugpull.conformance.record.Bench;
import dev.plugpull.conformance.record.CrashStates;
import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.conformance.record.Recorder;
import dev.plugpull.conformance.record.Recording;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.image.Overlay;
import dev.plugpull.reports.face.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plugpull vm}: real machines. */
@Command(name = "vm", mixinStandardHelpOptions = true,
    description = "Real machines: build them, record one update, crash it everywhere",
    subcommands = {VmCrashCommand.class, VmCompareCommand.class})
public final class VmCommand implements Runnable {
  private static final String NAME = "a target in targets/, or the path of a target.yaml";

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "cannot run 'vm': name one of list, build, boot, shell, record, crash, predict, compare");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List the targets that come with Plugpull")
  int list() throws IOException {
    Home home = Home.find();
    for (Path file : home.targets()) {
      Target target = TargetFile.read(file);
      boolean built = Files.isDirectory(home.images().resolve(target.name() + "-" + ImageBuilder.digest(target)));
      Recording recording = Recording.newest(home, target, ImageBuilder.digest(target));
      say("%-16s %s; %s; %s".formatted(target.name(), target.title(), built ? "built" : "not built",
          recording == null ? "no recording" : "recording " + recording.number()));
    }
    return ExitCode.PASS;
  }

  @Command(name = "build", mixinStandardHelpOptions = true,
      description = "Build the images of a target, or take them from the cache")
  int build(@Parameters(paramLabel = "NAME", description = NAME) String name) throws IOException {
    Home home = Home.find();
    Target target = home.target(name);
    say("images of " + target.name() + " are in " + new ImageBuilder(home, progress()).build(target));
    return ExitCode.PASS;
  }

  @Command(name = "boot", mixinStandardHelpOptions = true,
      description = "Boot a target, or one crash state of its newest recording, and say how the boot ended."
          + " Exit code 1 if not healthy")
  int boot(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--state", paramLabel = "ID", description = "a crash state, as in the report") String state,
      @Option(names = "--times", paramLabel = "N", defaultValue = "1",
          description = "boots on the same disk (default 1)") int times,
      @Option(names = "--quiet", description = "do not print the console") boolean quiet) throws IOException {
    return onDisk(name, state, (bench, disk) -> {
      BootEnd last = null;
      for (int i = 0; i < times; i++) {
        last = bench.on(disk, false, machine -> {
          BootEnd end = new BootWatcher(bench.target()).watch(machine);
          if (!quiet) {
            spec.commandLine().getOut().println(printable(machine.console().text()));
          }
          return end;
        });
        say("boot " + (i + 1) + ": " + last.words());
      }
      return last instanceof BootEnd.Healthy ? ExitCode.PASS : ExitCode.FAIL;
    });
  }

  @Command(name = "shell", mixinStandardHelpOptions = true,
      description = "Boot a target, or one crash state of it, and hand over its console. Nothing is kept."
          + " End with Ctrl-C or by switching the machine off")
  int shell(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--state", paramLabel = "ID", description = "a crash state, as in the report") String state)
      throws IOException {
    return onDisk(name, state, (bench, disk) -> bench.on(disk, true, machine -> {
      new Terminal(machine, spec.commandLine().getOut()).run();
      return ExitCode.PASS;
    }));
  }

  @Command(name = "record", mixinStandardHelpOptions = true,
      description = "Let a target update itself once, and keep all that reached its disk")
  int record(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--no-kill", description = "do not compare with the disk of a machine that is really killed")
      boolean noKill) throws IOException {
    Home home = Home.find();
    Target target = home.target(name);
    Path images = new ImageBuilder(home, progress()).build(target);
    try (Bench bench = Bench.of(target, images, 1); Interrupts interrupts = Interrupts.watch(bench::stop)) {
      try {
        Recorder recorder = new Recorder(bench, home, ImageBuilder.digest(target), progress());
        Recording recording = recorder.record();
        CrashStates states = CrashStates.of(recording, bench.base());
        say("recording %s: %d requests that change the disk, %d flushes; before: %s; after: %s".formatted(
            recording.folder(), states.changes(), states.flushes(), recording.start(), recording.end()));
        String differs = noKill ? "" : recorder.compareWithRealKill(recording);
        say(noKill ? "not compared with a killed machine"
            : differs.isEmpty() ? "the disk of a machine that was really killed equals the state built from its log"
            : "UNEXPLAINED: " + differs);
        return states.flushes() == 0 || !differs.isEmpty() ? ExitCode.UNKNOWN : ExitCode.PASS;
      } catch (Bench.StoppedException stopped) {
        return interrupts.happened() ? ExitCode.INTERRUPTED : ExitCode.UNKNOWN;
      }
    }
  }

  @Command(name = "predict", mixinStandardHelpOptions = true,
      description = "Explore the model of a target, and write down what power cuts can leave, before the machine is"
          + " tried")
  int predict(
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--out", paramLabel = "FILE",
          description = "write here instead of predictions.yaml beside the target") Path out) throws IOException {
    Target target = Home.find().target(name);
    List<Prediction> predictions = Predictor.all(TargetModel.of(target));
    for (Prediction prediction : predictions) {
      say("%s: %d states".formatted(prediction.model(), prediction.states()));
      prediction.phases().forEach((phase, outcomes) -> say("  %-8s %s".formatted(phase,
          String.join(", ", outcomes.stream().map(Outcome::word).toList()))));
    }
    Path file = out == null ? PredictionFile.of(target) : out;
    ReportFile.write(file, PredictionFile.text(target, predictions));
    say("written to " + file);
    return ExitCode.PASS;
  }

  /** Something to do with a disk that starts as a target's image or as one of its crash states. */
  private interface OnDisk {
    int use(Bench bench, FaultDisk disk) throws IOException;
  }

  private int onDisk(String name, String state, OnDisk use) throws IOException {
    Home home = Home.find();
    Target target = home.target(name);
    Path images = new ImageBuilder(home, progress()).build(target);
    try (Bench bench = Bench.of(target, images, 1); Interrupts interrupts = Interrupts.watch(bench::stop)) {
      DiskImage start = state == null ? DiskState.of(bench.base()) : crashState(home, bench, state);
      try (Overlay overlay = Overlay.on(start, bench.run().path()); FaultDisk disk = FaultDisk.of(overlay)) {
        return use.use(bench, disk);
      } catch (Bench.StoppedException stopped) {
        return interrupts.happened() ? ExitCode.INTERRUPTED : ExitCode.UNKNOWN;
      }
    }
  }

  private static DiskImage crashState(Home home, Bench bench, String state) throws IOException {
    Recording recording = Recording.newest(home, bench.target(), ImageBuilder.digest(bench.target()));
    if (recording == null) {
      throw new CannotException("cannot find crash state " + state + ": " + bench.target().name()
          + " has no recording; run ./plugpull vm record first");
    }
    try {
      return CrashStates.of(recording, bench.base()).named(state);
    } catch (IllegalArgumentException e) {
      throw new CannotException(e.getMessage());
    }
  }

  private static String printable(String console) {
    return console.replace("\r", "").replaceAll("\\x1b\\[[0-9;?]*[A-Za-z]|[^\\n\\t\\x20-\\x7e]", "").strip();
  }

  private Consumer<String> progress() {
    PrintWriter error = spec.commandLine().getErr();
    return line -> {
      error.println(line);
      error.flush();
    };
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }

  /** The console of a machine on this terminal. */
  private record Terminal(Machine machine, PrintWriter out) {
    void run() throws IOException {
      Thread.ofPlatform().daemon().start(this::keys);
      long shown = 0;
      while (machine.alive() || shown < machine.console().length()) {
        String more = machine.console().since(shown);
        shown = machine.console().length();
        out.print(more);
        out.flush();
        try {
          Thread.sleep(30);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    private void keys() {
      byte[] typed = new byte[256];
      try {
        for (int got = System.in.read(typed); got >= 0; got = System.in.read(typed)) {
          machine.console().type(new String(typed, 0, got, java.nio.charset.StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The machine is off.
      }
    }
  }
}
