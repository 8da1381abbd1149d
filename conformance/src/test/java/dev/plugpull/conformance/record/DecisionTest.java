package dev.plugpull.conformance.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.conformance.machine.BootEnd;
import dev.plugpull.conformance.machine.Health;
import dev.plugpull.conformance.machine.Target;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many boots it takes to be sure of a crash state, with boots whose ends are given. */
class DecisionTest {
  private static final Target.Health KEYS = new Target.Health(null, List.of(), "", "true", "version");
  private static final Health OLD = Health.of("1");
  private static final Health NEW = Health.of("2");

  private static Trial trial(String kind) {
    BootEnd end = switch (kind) {
      case "old" -> new BootEnd.Healthy(OLD);
      case "new" -> new BootEnd.Healthy(NEW);
      case "panic" -> new BootEnd.Dead("kernel panic", "line");
      case "hang" -> new BootEnd.Hang(120);
      case "stall" -> new BootEnd.Stall(120, "Booting 'device'");
      default -> throw new IllegalArgumentException(kind);
    };
    boolean stalled = end instanceof BootEnd.Stall;
    return new Trial(List.of(end.words()), Trial.outcome(List.of(end), OLD, NEW, KEYS), new BitSet(),
        !stalled && !(end instanceof BootEnd.Hang), stalled, "");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // What the boots do in turn                            | outcome      | boots
      "old                                                    | old          | 1",
      "panic panic                                            | brickForGood | 2",
      "panic old                                              | unknown      | 2",
      "hang old old                                           | old          | 3",
      "hang hang hang                                         | brickForGood | 3",
      "hang old new                                           | unknown      | 3",
      // Two stalls in a row are no agreement, wherever they come.
      "stall new                                              | new          | 2",
      "stall stall old                                        | old          | 3",
      "stall stall panic stall stall panic                    | brickForGood | 6",
      "hang stall stall old old                               | old          | 5",
      "hang old stall stall old                               | old          | 5",
      "panic stall old                                        | unknown      | 3",
      // Nothing but stalls: nothing is known.
      "stall stall stall stall                                | unknown      | 4",
      "panic stall stall stall stall                          | unknown      | 5",
  })
  void stallsAreRepeatedAndNeverCount(String boots, String outcome, int tried) throws IOException {
    Deque<Trial> script = new ArrayDeque<>();
    for (String kind : boots.strip().split("\\s+")) {
      script.add(trial(kind));
    }
    int all = script.size();
    Decision decision = Decision.of(script::removeFirst);
    assertThat(decision.outcome().word()).isEqualTo(outcome.strip());
    assertThat(all - script.size()).isEqualTo(tried);
    assertThat(script).isEmpty();
  }

  @Test
  void aLaterRunTriesAgainWhatOnlyStoodStill() throws IOException {
    Decision stalls = Decision.of(() -> trial("stall"));
    assertThat(stalls.tryAgainLater()).isTrue();
    assertThat(stalls.why()).contains("each of 4 tries stood still", "'dead'");
    assertThat(stalls.trial().ends()).containsExactly("stood still until 120 s were over, after: Booting 'device'");
    assertThat(Decision.of(() -> trial("hang")).tryAgainLater()).isFalse();
  }
}
