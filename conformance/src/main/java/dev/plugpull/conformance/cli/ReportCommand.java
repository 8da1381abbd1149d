package dev.plugpull.conformance.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine;

/** {@code plugpull report}. */
@Command(name = "report", mixinStandardHelpOptions = true, description = "Pages made of the results of tests",
    subcommands = ReportAllureCommand.class)
final class ReportCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "missing command");
  }
}
