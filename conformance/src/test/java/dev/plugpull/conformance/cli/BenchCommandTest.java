package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.conformance.certify.ExplorationBench;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

  @Test
  void saysWhatIsMissing(@TempDir Path folder) {
    StringWriter error = new StringWriter();
    CommandLine line = Plugpull.commandLine().setErr(new PrintWriter(error));
    assertThat(line.execute("bench", "--gadget", folder.resolve("none").toString())).isEqualTo(ExitCode.UNUSABLE);
    assertThat(error.toString()).contains("cannot measure: no gadget folder").contains("--gadget");
  }

  @Test
  void countsWhatTheExplorerDid() throws Exception {
    ExplorationBench bench = new ExplorationBench(gadget(), 40);
    ExplorationBench.Timed run = bench.kernelRefresh();
    assertThat(run.boots()).isGreaterThanOrEqualTo(40);
    assertThat(run.durableStates()).isGreaterThan(40);
    assertThat(run.crashStates()).isGreaterThan(run.durableStates());
    assertThat(run.fixpoint()).isFalse();
    assertThat(run.durabilityPoints()).isPositive();
    assertThat(run.bytesPerState()).isNotNegative();
    assertThat(bench.secondsToFirstVerdict()).isPositive();
  }

  @Test
  void measuresTheFixpointOfADescribedDevice(@TempDir Path folder) throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = Plugpull.commandLine().setOut(new PrintWriter(out));
    String profile = top().resolve("examples/profiles/raspberry-pi-tryboot.yaml").toString();
    Path json = folder.resolve("figures.json");
    assertThat(line.execute("bench", "profiles", profile, "--json", json.toString())).isEqualTo(ExitCode.PASS);
    assertThat(out.toString()).contains("| raspberry-pi-tryboot | update |").contains("| nothing |");
    assertThat(Files.readString(json)).contains("\"fixpoint\" : true").contains("\"boundedWindows\" : 0");
  }

  @Test
  void whatIsNoFixpointMissesTheGoals() {
    StringWriter out = new StringWriter();
    CommandLine line = Plugpull.commandLine().setOut(new PrintWriter(out));
    String profile = top().resolve("examples/profiles/raspberry-pi-tryboot.yaml").toString();
    assertThat(line.execute("bench", "profiles", profile, "--work-units", "2")).isEqualTo(ExitCode.FAIL);
    assertThat(out.toString()).contains("no fixpoint");
    assertThat(line.execute("bench", "profiles", profile, "--scenario", "none")).isEqualTo(ExitCode.UNUSABLE);
  }

  private static Path gadget() {
    return top().resolve("examples/gadgets/good/grub-managed-22");
  }

  private static Path top() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/gadgets/good"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
