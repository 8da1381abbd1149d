package dev.plugpull.conformance.cli;

import dev.plugpull.scenarios.family.UnreadableProfileException;
import dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine;

/** The {@code plugpull} command. */
@Command(
    name = "plugpull",
    mixinStandardHelpOptions = true,
    version = "plugpull 0.1",
    description = "Finds out whether a device survives power cuts and other faults while its operating system updates.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:pass",
      "1:fail",
      "2:wrong usage, or input that cannot be read",
      "3:unknown: not everything was looked at",
      "130:interrupted"
    },
    subcommands = {
      CertifyCommand.class, ReplayCommand.class, CensusCommand.class, BenchCommand.class, CorpusCommand.class,
      AssertionCommand.class, StoreCommand.class, DiskCommand.class, VmCommand.class, ReportCommand.class
    })
public final class Plugpull implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(run(commandLine(), arguments));
  }

  /** The exit code; what is too large for this process is said in a sentence as well. */
  static int run(CommandLine line, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      line.getErr().println("plugpull: cannot go on: " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of memory are"
          + " not enough; give more with PLUGPULL_JAVA_OPTIONS=-Xmx8g, or look at less");
    } catch (StackOverflowError e) {
      line.getErr().println("plugpull: cannot go on: the input nests too deeply");
    }
    line.getErr().flush();
    return ExitCode.UNKNOWN;
  }

  static CommandLine commandLine() {
    return new CommandLine(new Plugpull())
        .setExecutionExceptionHandler(new Excuse())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "missing command");
  }

  /** Bad input ends in a sentence, never in a stack trace. */
  private static final class Excuse implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception exception, CommandLine line, ParseResult result) {
      PrintWriter error = line.getErr();
      switch (exception) {
        case CannotException cannot -> error.println("plugpull: " + cannot.getMessage());
        case UnreadableProfileException unreadable -> error.println("plugpull: " + unreadable.getMessage());
        case UnreadableGadgetException unreadable -> error.println("plugpull: " + unreadable.getMessage());
        case FileSystemException file ->
            error.println("plugpull: cannot use " + file.getFile() + ": " + reason(file));
        // Writers and readers of reports say themselves what they cannot do, and why.
        case IOException said when String.valueOf(said.getMessage()).startsWith("cannot ") ->
            error.println("plugpull: " + said.getMessage());
        case IOException io -> error.println("plugpull: cannot read or write: " + io.getMessage());
        default -> {
          error.println("plugpull: cannot go on: internal error: " + exception
              + "; please report it with the command and its input (PLUGPULL_DEBUG=1 shows where)");
          if (System.getenv("PLUGPULL_DEBUG") != null) {
            exception.printStackTrace(error);
          }
        }
      }
      error.flush();
      return ExitCode.UNUSABLE;
    }

    private static String reason(FileSystemException system) {
      return switch (system) {
        case java.nio.file.NoSuchFileException missing -> "no such file";
        case java.nio.file.AccessDeniedException denied -> "permission denied";
        case java.nio.file.FileAlreadyExistsException file -> "it is there already, and no folder";
        default -> system.getReason() == null ? "it cannot be used like that" : system.getReason();
      };
    }
  }
}
