package dev.plugpull.reports.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.Samples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Opens reports in a real headless browser. {@code -Dplugpull.pictures=DIR} keeps screenshots. */
@Tag("browser")
class BrowserTest {
  private static final String HOSTILE = "</script><script>alert(1)</script><img src=http://x.test/ onerror=alert(1)>"
      + "\u202e\u05d0\u2028" + "wide".repeat(200);

  @TempDir
  Path folder;

  @BeforeEach
  void browserIsThere() {
    for (String program : new String[] {"chromium", "node"}) {
      boolean there = onPath(program);
      if (!there) {
        System.err.println("SKIPPED: browser tests: " + program + " is not installed");
      }
      assumeTrue(there, program + " is not installed");
    }
  }

  @ParameterizedTest
  @CsvSource({"usual,1280,light", "usual,1280,dark", "usual,390,light", "usual,390,dark", "hostile,390,light",
      "hostile,1280,light", "large,390,dark", "empty,390,light"})
  void opensOfflineAndLeadsFromTheMapToTheTimeline(String sample, int width, String scheme) throws Exception {
    Certificate certificate = switch (sample) {
      case "usual" -> Samples.neverSaves();
      case "hostile" -> Samples.with(3, 9, HOSTILE);
      case "large" -> Samples.with(200, 300, "");
      default -> Samples.passing();
    };
    JsonNode seen = browse(certificate, sample, width, scheme);
    assertThat(seen.get("requests").size()).as("requests: %s", seen.get("requests")).isEqualTo(1);
    assertThat(seen.get("errors").size()).as("errors: %s", seen.get("errors")).isZero();
    assertThat(seen.get("overflow").asInt()).as("horizontal overflow in px").isZero();
    assertThat(seen.get("clipped").asInt()).as("px of a table beyond the edge").isZero();
    assertThat(seen.get("text").asInt()).isGreaterThan(500);
    assertThat(seen.get("background").asString().equals("rgb(255, 255, 255)")).isEqualTo(scheme.equals("light"));
    assertThat(seen.get("cell").asBoolean()).isEqualTo(!sample.equals("empty"));
    if (seen.get("cell").asBoolean()) {
      JsonNode after = seen.get("after");
      assertThat(seen.get("openBefore").asBoolean()).isFalse();
      assertThat(after.get("open").asBoolean()).isTrue();
      assertThat(after.get("visible").asBoolean()).isTrue();
      assertThat(after.get("steps").asInt()).isEqualTo(5);
      assertThat(after.get("said").asString()).contains("end brick");
      assertThat(seen.get("clicked").asBoolean()).isTrue();
    }
  }

  private JsonNode browse(Certificate certificate, String sample, int width, String scheme) throws Exception {
    Path page = folder.resolve("report.html");
    ReportFile.write(page, CertificateHtml.write(certificate));
    Path script = folder.resolve("browse.mjs");
    for (String part : List.of("browse.mjs", "chromium.mjs")) {
      try (var in = BrowserTest.class.getResourceAsStream(part)) {
        Files.copy(in, folder.resolve(part));
      }
    }
    var command = new ArrayList<>(
        List.of("node", script.toString(), page.toString(), String.valueOf(width), scheme));
    String pictures = System.getProperty("plugpull.pictures");
    if (pictures != null) {
      command.add(Path.of(pictures, sample + "-" + width + "-" + scheme + ".png").toString());
    }
    return run(command);
  }

  private JsonNode run(List<String> command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.json");
    Process process = new ProcessBuilder(command).redirectOutput(out.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("cannot look at the report: the browser did not answer within 60 s");
    }
    assertThat(process.exitValue()).as("exit of the browser's driver").isZero();
    return JsonMapper.shared().readTree(Files.readString(out));
  }

  private static boolean onPath(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
