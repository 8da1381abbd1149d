package dev.plugpull.conformance.cli;

import dev.plugpull.faultinjection.disk.log.DiskLog;
import dev.plugpull.faultinjection.disk.log.DmLogWrites;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import dev.plugpull.faultinjection.disk.log.LogReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plugpull disk}: the fault disk by itself, and its recordings. */
@Command(name = "disk", mixinStandardHelpOptions = true,
    description = "Serve a disk that breaks on command; read, import and export recordings",
    subcommands = DiskServeCommand.class)
public final class DiskCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "cannot run 'disk': name one of serve, log, export, import");
  }

  @Command(name = "log", mixinStandardHelpOptions = true,
      description = "Print a recording, one entry a line. Exit code 3 if it has no end: killed, truncated or damaged")
  int log(@Parameters(paramLabel = "FILE", description = "the recording") Path file) {
    PrintWriter out = spec.commandLine().getOut();
    try (LogReader reader = LogReader.open(file)) {
      reader.header().devices().forEach(d ->
          out.println("disk " + d.name() + ": " + d.size() + " bytes, atomic unit " + d.unitBytes()));
      long position = 0;
      for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
        out.println(position++ + " " + entry);
      }
      out.println("end: " + reader.ending());
      out.flush();
      return reader.complete() ? ExitCode.PASS : ExitCode.UNKNOWN;
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  @Command(name = "export", mixinStandardHelpOptions = true,
      description = "Write one disk of a recording in the format of dm-log-writes")
  int export(
      @Parameters(paramLabel = "FILE", description = "the recording") Path file,
      @Parameters(paramLabel = "TARGET", description = "the dm-log-writes log to write") Path target,
      @Option(names = "--disk", paramLabel = "N", defaultValue = "0",
          description = "which disk of the recording, from 0") int disk) {
    try {
      DiskLog log = DiskLog.read(file);
      if (disk < 0 || disk >= log.header().devices().size()) {
        throw new CannotException("cannot export disk " + disk + " of " + file + ": it has "
            + log.header().devices().size());
      }
      Path aside = target.resolveSibling(target.getFileName() + ".part");
      long entries = DmLogWrites.exportTo(log, disk, aside);
      Files.move(aside, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      spec.commandLine().getOut().println(entries + " entries written to " + target);
      if (!log.complete()) {
        spec.commandLine().getErr().println("plugpull: the recording is not whole: " + log.ending());
        return ExitCode.UNKNOWN;
      }
      return ExitCode.PASS;
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  @Command(name = "import", mixinStandardHelpOptions = true,
      description = "Turn a log of dm-log-writes or of QEMU's blklogwrites into a recording")
  int importLog(
      @Parameters(paramLabel = "LOG", description = "the dm-log-writes log") Path file,
      @Parameters(paramLabel = "TARGET", description = "the recording to write") Path target,
      @Option(names = "--size", paramLabel = "BYTES", required = true,
          description = "size of the disk that was logged, which the log does not tell") long size) {
    try {
      long entries = DmLogWrites.importTo(file, size, target);
      spec.commandLine().getOut().println(entries + " entries read from " + file);
      return ExitCode.PASS;
    } catch (IOException | IllegalArgumentException e) {
      throw cannot(e);
    }
  }

  /** Errors of the disk packages are sentences already; those of the host are put into words elsewhere. */
  static RuntimeException cannot(Exception e) {
    if (e instanceof FileSystemException file) {
      String why = file instanceof java.nio.file.NoSuchFileException ? "no such file or folder"
          : file instanceof java.nio.file.AccessDeniedException ? "permission denied" : file.getReason();
      return new CannotException("cannot use " + file.getFile() + ": " + why);
    }
    return new CannotException(e.getMessage());
  }
}
