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

  private static Path gadget() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples/gadgets/good"))) {
      folder = folder.getParent();
    }
    return folder.resolve("examples/gadgets/good/grub-managed-22");
  }
}
