package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.certify.Repetition;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.Replay;
import dev.plugpull.reports.TraceStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** {@code plugpull replay}: one counter-example again, step by step. Exit 1 if it repeats, 3 if it does not. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Repeats a counter-example on its gadget and tells its story; exit 1 if the violation repeats.")
final class ReplayCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "counter-example as certify wrote it")
  private Path file;

  @Option(names = "--gadget", paramLabel = "PATH", description = "the gadget, if it lies elsewhere now")
  private Path gadget;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Replay stored = CertificateJson.readReplay(file);
    Repetition repetition = Repetition.of(stored, gadget);
    PrintWriter out = spec.commandLine().getOut();
    for (TraceStep step : repetition.story()) {
      String place = step.where() == null ? "" : "  [" + step.where() + "]";
      String point = step.point().isEmpty() ? "" : step.point() + " ";
      out.println("boot " + step.boot() + "  " + step.actor() + ": " + point + step.text() + place);
      step.environment().forEach((name, value) -> out.println("          " + name + " = " + value));
    }
    repetition.missing().forEach(missing -> out.println("not found any more: " + missing));
    if (!repetition.sameInput()) {
      out.println("note: the gadget has changed since this counter-example was found");
    }
    if (repetition.repeats() && !repetition.sameReason()) {
      out.println("note: for another reason than the one that was stored");
    }
    out.println(repetition.repeats()
        ? stored.counterExample().property() + " violated again: " + stored.counterExample().title()
        : stored.counterExample().property() + " is not violated by this plan any more");
    out.flush();
    return repetition.repeats() ? ExitCode.FAIL : ExitCode.UNKNOWN;
  }
}
