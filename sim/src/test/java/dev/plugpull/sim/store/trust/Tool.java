package dev.plugpull.sim.store.trust;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine; a test that lacks it is skipped and says so. */
public final class Tool {

  private Tool() {}

  /** Skips the test aloud unless the program is there. */
  public static void require(String program, String debianPackage) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return;
      }
    }
    System.err.println("SKIPPED: no " + program + "; install the Debian package " + debianPackage);
    abort("no " + program + "; install the Debian package " + debianPackage);
  }

  /** What a program said and how it ended. */
  public record Said(int exit, String text) {}

  public static Said run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile())
        .redirectErrorStream(true).redirectOutput(output.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(100, TimeUnit.SECONDS)) {
        throw new IOException("cannot wait for " + List.of(command) + ": still running after 100 s");
      }
      return new Said(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
