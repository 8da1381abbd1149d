package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** What is too large for one process ends in a sentence too, and is no failure of what was examined. */
class PlugpullTest {

  @Command(name = "large")
  private static final class Large implements Callable<Integer> {
    @Parameters private String what;

    @Override
    public Integer call() {
      return what.equals("memory") ? (int) new long[Integer.MAX_VALUE][Integer.MAX_VALUE][0].length : deep(0);
    }

    private static int deep(int level) {
      return level < 0 ? 0 : 1 + deep(level + 1);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "memory | MiB of memory are not enough; give more with PLUGPULL_JAVA_OPTIONS=-Xmx8g, or look at less",
      "stack  | the input nests too deeply",
  })
  void tooLarge(String what, String sentence) {
    StringWriter error = new StringWriter();
    CommandLine line = Plugpull.commandLine().addSubcommand(new Large()).setErr(new PrintWriter(error));
    assertThat(Plugpull.run(line, "large", what)).isEqualTo(ExitCode.UNKNOWN);
    assertThat(error.toString()).startsWith("plugpull: cannot go on: ").contains(sentence).hasLineCount(1);
  }

  @Test
  void everyOtherCommandKeepsItsExitCode() {
    assertThat(Plugpull.run(Plugpull.commandLine().setOut(new PrintWriter(new StringWriter())), "--version")).isZero();
  }
}
