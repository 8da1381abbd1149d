package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of Debian as users start them, each in a folder of its own. */
record RealClient(Path folder, Map<String, String> environment) {

  /** What a program said and how it ended. */
  record Said(int exit, String text) {}

  Said run(String debianPackage, String... command) throws IOException, InterruptedException {
    boolean there = List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(path -> Files.isExecutable(Path.of(path, command[0])));
    if (!there) {
      System.err.println("SKIPPED: no " + command[0] + "; install Debian's " + debianPackage);
      abort("no " + command[0] + "; install Debian's " + debianPackage);
    }
    Path output = folder.resolve("said.txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("%s ends", List.of(command)).isTrue();
      return new Said(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }
}
