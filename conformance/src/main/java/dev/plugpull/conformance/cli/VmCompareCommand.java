package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.compare.ComparisonPage;
import dev.plugpull.conformance.compare.ModelAgainstMachine;
import dev.plugpull.conformance.compare.Prediction;
import dev.plugpull.conformance.compare.PredictionFile;
import dev.plugpull.conformance.machine.Home;
import dev.plugpull.conformance.machine.Target;
import dev.plugpull.reports.face.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plugpull vm compare}: what a real machine did, beside what its model had predicted. */
@Command(name = "compare", mixinStandardHelpOptions = true,
    description = "Compare what power cuts do to a real machine with what its model predicted. Takes the newest"
        + " recording and its judgements, and makes what is missing. Exit code 1 if the machine does what the model"
        + " excludes")
final class VmCompareCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "a target in targets/, or the path of a target.yaml")
  private String name;

  @Mixin
  private CrashOptions options;

  @Option(names = "--predictions", paramLabel = "FILE",
      description = "compare with these instead of the predictions.yaml beside the target")
  private Path predictions;

  @Option(names = "--json", paramLabel = "FILE", description = "write the comparison here")
  private Path json;

  @Option(names = "--doc", paramLabel = "FILE", description = "write the target's section of this Markdown page")
  private Path doc;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Home home = Home.find();
    Target target = home.target(name);
    List<Prediction> said = PredictionFile.read(
        predictions == null ? PredictionFile.of(target) : predictions, target);
    return options.judge(
        home, target, 0, this::progress, report -> tell(ModelAgainstMachine.of(said, report)));
  }

  private int tell(ModelAgainstMachine found) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    found.lines().forEach(out::println);
    out.flush();
    if (json != null) {
      ReportFile.write(json, found.json());
    }
    if (doc != null) {
      ComparisonPage.write(doc, found);
    }
    return switch (found.verdict()) {
      case "pass" -> ExitCode.PASS;
      case "fail" -> ExitCode.FAIL;
      default -> ExitCode.UNKNOWN;
    };
  }

  private void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
