package dev.plugpull.conformance.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine;

/** {@code plugpull store}. */
@Command(name = "store", mixinStandardHelpOptions = true, description = "A store that lies on demand",
    subcommands = StoreServeCommand.class)
final class StoreCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "missing command");
  }
}
