package dev.plugpull.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import dev.plugpull.scenarios.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A fault plan that a failing test of the kit leaves is one that the command repeats. */
class KitReplayTest {

  @Test
  void theCommandRepeatsWhatATestFound() throws IOException {
    Trial<?> trial = Trial.of(Path.of("../corpus/broken/KB-043.yaml"));
    CounterExample<?> example = trial.explore().counterExample("NOBRICK").orElseThrow();
    Evidence evidence = Evidence.write(example);
    Command.Ran ran = Command.run("replay", evidence.replay().toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("NOBRICK violated again", "power fails");
    assertThat(ran.exit()).isEqualTo(ExitCode.FAIL);
  }
}
