package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.record.CrashReport;
import dev.plugpull.conformance.record.Outcome;
import dev.plugpull.reports.face.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plugpull vm crash}: judges what power cuts leave of a recording, and records first if there is none. */
@Command(name = "crash", mixinStandardHelpOptions = true,
    description = "Judge the states that a power cut could leave at any moment of a recorded update. A run that was"
        + " stopped goes on where it was")
final class VmCrashCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "a target in targets/, or the path of a target.yaml")
  private String name;

  @Mixin
  private CrashOptions options;

  @Option(names = "--json", paramLabel = "FILE", description = "write the findings here")
  private Path json;

  @Option(names = "--plain-way", paramLabel = "N", defaultValue = "0",
      description = "judge N states in the plain way too, and tell the ratio of speeds")
  private int plain;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Home home = Home.find();
    return options.judge(home, home.target(name), plain, this::progress, this::tell);
  }

  private int tell(CrashReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    report.lines(name).forEach(out::println);
    out.flush();
    if (json != null) {
      ReportFile.write(json, report.json());
    }
    return switch (report.verdict()) {
      case "pass" -> ExitCode.PASS;
      case "fail" -> ExitCode.FAIL;
      default -> report.count(Outcome.BRICK_FOR_GOOD) > 0 && report.sampleDisagreements() == 0 ? ExitCode.FAIL
          : ExitCode.UNKNOWN;
    };
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
