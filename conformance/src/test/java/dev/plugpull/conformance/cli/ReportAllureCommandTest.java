package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.faultinjection.twin.TryCommitDevice;
import dev.plugpull.scenarios.allure.AllureStory;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import dev.plugpull.scenarios.trial.Trial;
import io.qameta.allure.Allure;
import io.qameta.allure.AllureLifecycle;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.TestResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Allure's page of a real counter-example, in a real browser. {@code -Dplugpull.pictures=DIR} keeps a screenshot. */
@Isolated("Allure has one life cycle for the whole JVM")
class ReportAllureCommandTest {
  private static final Path DRIVER =
      Path.of("../reports/src/test/resources/dev/plugpull/reports/face/chromium.mjs");

  @TempDir
  private Path folder;

  /** Results as a failing test of the kit leaves them. */
  private static void writeResults(Path results) {
    CounterExample<?> example =
        Trial.of("careless slots", new TryCommitDevice(2, false)).explore().counterExample("NOBRICK").orElseThrow();
    Property requirement =
        Contract.properties().stream().filter(property -> property.id().equals("NOBRICK")).findFirst().orElseThrow();
    AllureLifecycle before = Allure.getLifecycle();
    AllureLifecycle own = new AllureLifecycle(new FileSystemResultsWriter(results));
    Allure.setLifecycle(own);
    try {
      own.scheduleTestCase(new TestResult().setUuid("one").setName("careless slots").setStatus(Status.FAILED));
      own.startTestCase("one");
      AllureStory.epic(requirement);
      AllureStory.tell(example, Evidence.write(example));
      own.stopTestCase("one");
      own.writeTestCase("one");
    } finally {
      Allure.setLifecycle(before);
    }
  }

  @Test
  @Tag("browser")
  void thePageHasEpicStepsAndAttachmentsAndAsksNobody() throws Exception {
    for (String program : List.of("chromium", "node")) {
      assumeTrue(onPath(program), program + " is not installed");
    }
    writeResults(folder.resolve("module/target/allure-results"));
    Path out = folder.resolve("out");
    Command.Ran ran = Command.run("report", "allure", folder.toString(), "--out", out.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).contains("1 results in 1 folder", "report " + out.resolve("index.html"));
    JsonNode seen = browse(out.resolve("index.html"));
    assertThat(seen.get("requests").size()).as("requests: %s", seen.get("requests")).isEqualTo(1);
    assertThat(seen.get("errors").size()).as("errors: %s", seen.get("errors")).isZero();
    assertThat(seen.get("overview").asString()).contains("NOBRICK: ");
    assertThat(seen.get("example").asString()).contains("careless slots", "switch", "power fails", "report", "trace",
        "fault plan, for ./plugpull replay");
    assertThat(seen.get("attachments").asString()).contains("\"property\" : \"NOBRICK\"");
  }

  private JsonNode browse(Path page) throws IOException, InterruptedException {
    Path script = folder.resolve("allure.mjs");
    try (var in = ReportAllureCommandTest.class.getResourceAsStream("allure.mjs")) {
      Files.copy(in, script);
    }
    Files.copy(DRIVER, folder.resolve("chromium.mjs"));
    List<String> command = new ArrayList<>(List.of("node", script.toString(), page.toString()));
    String pictures = System.getProperty("plugpull.pictures");
    if (pictures != null) {
      command.add(Path.of(pictures, "allure.png").toString());
    }
    Path said = folder.resolve("said.json");
    Process process = new ProcessBuilder(command).redirectOutput(said.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the browser answers within 90 s").isTrue();
    assertThat(process.exitValue()).as("exit of the browser's driver").isZero();
    return JsonMapper.shared().readTree(Files.readString(said));
  }

  private static boolean onPath(String program) {
    for (String entry : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(entry, program))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void withoutResultsThereIsASentence() throws IOException {
    Path out = folder.resolve("out");
    Files.createDirectories(folder.resolve("target/allure-results"));
    Command.Ran ran = Command.run("report", "allure", folder.toString(), "--out", out.toString());
    CertifyCommandTest.assertOneSentence(ran, "cannot build the Allure page: no results in a folder allure-results");
    assertThat(out).doesNotExist();
    CertifyCommandTest.assertOneSentence(
        Command.run("report", "allure", folder.resolve("missing").toString()), "no folder");
  }
}
