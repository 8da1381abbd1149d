package dev.plugpull.scenarios.jqwik;

import static dev.plugpull.scenarios.assertj.PlugpullAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.Replay;
import dev.plugpull.scenarios.telling.FaultSteps;
import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.trial.TwoSlots;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Properties that fail, run by jqwik inside this test; by default it would shrink them for ten seconds only. */
class FailingSampleTest {

  static class Failing {
    @Provide
    Arbitrary<Attempt<?>> histories() {
      return Histories.of(Devices.trials(Arbitraries.just(TwoSlots.careless())), 5);
    }

    @Property(tries = 500, seed = "21", shrinking = ShrinkingMode.FULL)
    void endsOldOrNew(@ForAll("histories") Attempt<?> history) {
      assertThat(history).endsExactlyOldOrNew();
    }
  }

  static class AnyPublished {
    @Provide
    Arbitrary<CoreScenario> refreshes() {
      return Published.refreshes();
    }

    @Property(tries = 50, seed = "22", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void nothingIsPublished(@ForAll("refreshes") CoreScenario published) {
      assertThat(published.refreshed()).isEmpty();
    }
  }

  private static String shrunk(Class<?> failing) {
    EngineExecutionResults results = EngineTestKit.engine("jqwik").selectors(selectClass(failing))
        .configurationParameter("jqwik.reporting.usejunitplatform", "true").execute();
    results.testEvents().assertStatistics(stats -> stats.failed(1));
    String said = results.testEvents().reportingEntryPublished().stream()
        .map(event -> String.valueOf(event.getPayload())).collect(Collectors.joining("\n"));
    assertThat(said).contains("Shrunk Sample");
    return said.substring(said.indexOf("Shrunk"));
  }

  @Test
  void whatIsPublishedShrinksToOneGoodKernelAndNothingElse() {
    assertThat(shrunk(AnyPublished.class).lines().filter(line -> line.contains("CoreScenario")).findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("refreshed=[KERNEL], target={KERNEL=GOOD}, "
            + "interruptions=[], events=[], circumstances=[]"));
  }

  @Test
  void theShrunkSampleIsAPlanThatTheReplayAccepts() throws IOException {
    String shrunk = shrunk(Failing.class);
    assertThat(shrunk).contains("power fails at");
    Matcher file = Pattern.compile("plugpull replay ([^\\s\"]+\\.json)").matcher(shrunk);
    assertThat(file.find()).as(shrunk).isTrue();
    Replay stored = CertificateJson.readReplay(Path.of(file.group(1)));
    assertThat(stored.counterExample().faultPlan()).as("one cut is enough").hasSize(1);
    Trial<?> trial = Trial.of(Path.of(stored.inputs().getFirst().path()));
    assertThat(trial.check(FaultSteps.plan(stored.counterExample().faultPlan(), trial.device().volumes()))
        .violates(stored.counterExample().property())).isTrue();
    assertThat(List.of(stored.counterExample().property())).containsExactly("NOBRICK");
  }
}
