package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The command runs without the libraries that only the test kit needs. */
class WithoutTestLibrariesTest {
  private static final Pattern KIT =
      Pattern.compile("(junit|jqwik|assertj|opentest4j|allure|byte-buddy|archunit|apiguardian)[^/]*\\.jar$");

  @Test
  void theCommandStartsAndReplaysWithoutThem() throws IOException, InterruptedException {
    List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    List<String> kept = all.stream()
        .filter(entry -> !KIT.matcher(entry).find() && !entry.contains("test-classes")).toList();
    assertThat(kept).as("the kit's libraries were there").hasSizeLessThan(all.size() - 5);
    assertThat(run(kept, "--help")).contains("certify", "replay");
    assertThat(run(kept, "certify", "--profile", "no-such-file.yaml")).contains("no-such-file.yaml")
        .doesNotContain("NoClassDefFoundError", "internal error");
  }

  private static String run(List<String> classPath, String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
        classPath.stream().collect(Collectors.joining(File.pathSeparator)), Plugpull.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
