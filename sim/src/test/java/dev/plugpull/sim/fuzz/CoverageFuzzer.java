package dev.plugpull.sim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a coverage-guided fuzzer (Jazzer) on one harness class in a process of its own.
 *
 * <p>A harness is a class with {@code public static void fuzzerTestOneInput(byte[])} that throws on anything but the
 * refusals it expects. That a script brings a regular expression is no finding: GRUB has a command for it. The time
 * comes from {@code -Dplugpull.fuzz.seconds}, 600 if not given. An input that takes five minutes is a finding; a busy
 * machine may stand still for one or two.
 */
public final class CoverageFuzzer {

  private static final String SECONDS = System.getProperty("plugpull.fuzz.seconds", "600");

  private CoverageFuzzer() {}

  /**
   * Fuzzes and fails with what the fuzzer said when it finds something.
   *
   * @param instrument package whose coverage guides
   * @param seeds inputs to begin with
   * @param dictionary words of the format, one in quotes a line
   */
  public static void run(Class<?> harness, String instrument, List<byte[]> seeds, List<String> dictionary)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(Path.of("target", "fuzz", harness.getSimpleName()).toAbsolutePath());
    Path corpus = Files.createDirectories(work.resolve("corpus"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Path words = work.resolve("words");
    Files.write(words, dictionary.stream().map(word -> "\"" + word + "\"").toList());
    Path log = work.resolve("log");
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx1800m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
    command.addAll(List.of("--target_class=" + harness.getName(), "--instrumentation_includes=" + instrument));
    command.addAll(List.of("--keep_going=1", "--reproducer_path=" + work, "-max_total_time=" + SECONDS));
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection");
    command.addAll(List.of("-timeout=300", "-rss_limit_mb=3000", "-artifact_prefix=" + work + "/"));
    command.addAll(List.of("-dict=" + words, "-print_final_stats=1", corpus.toString()));
    int status =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile()).start().waitFor();
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertThat(status).as("the fuzzer found something; inputs are in %s%n%s", work, tail(said)).isZero();
    assertThat(said).contains("stat::number_of_executed_units");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 4000));
  }
}
