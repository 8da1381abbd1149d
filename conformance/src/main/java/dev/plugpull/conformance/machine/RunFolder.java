package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder for sockets and scratch files of this run, and the janitor who stays behind: a small shell that waits for
 * the end of this process, kills the machines that are still running, and removes the folder. It sees the end of a pipe
 * and therefore needs no word of goodbye; kill -9 is an end like any other. Two runs have two folders.
 */
public final class RunFolder implements AutoCloseable {
  /** Reads {@code start PID} and {@code end PID} until the pipe ends. */
  private static final String JANITOR = """
      trap '' INT TERM HUP
      left=' '
      while read -r word pid; do
        case $word in
          start) left="$left$pid " ;;
          end) left=${left%%" $pid "*}' '${left#*" $pid "} ;;
        esac
      done
      for pid in $left; do kill -9 "$pid"; done 2>/dev/null
      rm -rf -- "$0"
      """;

  private final Path path;
  private final Process janitor;
  private final OutputStream pipe;
  private final AtomicInteger names = new AtomicInteger();

  private RunFolder(Path path, Process janitor) {
    this.path = path;
    this.janitor = janitor;
    this.pipe = janitor.getOutputStream();
  }

  /**
   * A new folder, in the folder for temporary files so that socket paths are short.
   *
   * @throws IOException if there is no room, or no shell
   */
  public static RunFolder create() throws IOException {
    Path path = Files.createTempDirectory("plugpull-run");
    // A session of its own: Ctrl-C on the terminal must not reach the janitor.
    Process janitor = new ProcessBuilder(List.of("setsid", "sh", "-c", JANITOR, path.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new RunFolder(path, janitor);
  }

  public Path path() {
    return path;
  }

  /** A name in the folder that nobody has yet. */
  public Path fresh(String kind) {
    return path.resolve(kind + names.getAndIncrement());
  }

  /** A process that must not outlive this one. */
  public void started(Process process) throws IOException {
    tell("start " + process.pid());
  }

  /** A process that has ended by itself. */
  public void ended(Process process) {
    try {
      tell("end " + process.pid());
    } catch (IOException e) {
      // The janitor is gone, and with it nothing is left to be killed by mistake.
    }
  }

  private synchronized void tell(String line) throws IOException {
    pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }

  /** Ends what is left and removes the folder. */
  @Override
  public void close() throws IOException {
    pipe.close();
    try {
      janitor.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
