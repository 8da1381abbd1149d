package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine to its end. */
public final class HostCommand {
  private HostCommand() {}

  /**
   * Runs a program and gives back what it printed.
   *
   * @param what for the message: {@code cannot WHAT: ...}
   * @throws IOException if it is not there, fails, or takes longer than ten minutes; with the end of what it printed
   */
  public static String run(String what, Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", "/usr/sbin:/sbin", (a, b) -> a + ":" + b);
    Path output = Files.createTempFile("plugpull-command", ".out");
    try {
      Process process = start(what, builder.redirectOutput(output.toFile()));
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        throw new IOException("cannot " + what + ": " + command.getFirst() + " did not end in ten minutes");
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      if (process.exitValue() != 0) {
        throw new IOException("cannot " + what + ": " + command.getFirst() + " ended with " + process.exitValue() + ": "
            + lastLines(text));
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot " + what + ": interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static Process start(String what, ProcessBuilder builder) throws IOException {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException("cannot " + what + ": " + builder.command().getFirst() + " is not installed", e);
    }
    // A build goes when this process goes in an orderly way; what it leaves behind has a scratch name.
    Thread hook = new Thread(() -> {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    });
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      process.onExit().thenRun(() -> forget(hook));
    } catch (IllegalStateException ending) {
      process.destroyForcibly();
    }
    return process;
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It is running or has run.
    }
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().filter(l -> !l.isBlank()).toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
  }

  /** True if a program of this name is on the path, or where root's programs are. */
  public static boolean present(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";
    for (String folder : path.split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
