package dev.plugpull.scenarios.flatpak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatpakFamilyTest {
  private static final FlatpakFamily FAMILY = new FlatpakFamily();
  private static final String UPDATE = "update of an application and its runtime";
  private static final Set<String> MENDED = Set.of("adopts-deployments", "exports-again");

  private static Exploration<?> explore(Set<String> variants, String scenario) {
    return explore("each", variants, scenario);
  }

  private static Exploration<?> explore(String releases, Set<String> variants, String scenario) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", Map.of("releases", releases), variants), scenario));
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device) {
    return new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT).explore();
  }

  @Test
  void theMendedClientKeepsTheContract() {
    for (String scenario : FAMILY.scenarios(Profile.standard(FAMILY))) {
      Exploration<?> result = explore(MENDED, scenario);
      assertThat(result.complete()).isTrue();
      assertThat(result.findings()).as(scenario).isEmpty();
    }
  }

  /** Hazard F-H1: the old application runs although the update says that it is done, and no further try helps. */
  @Test
  void anUpdateCutBeforeTheSwitchIsNeverFinished() {
    Exploration<?> result = explore(Set.of("exports-again"), UPDATE);
    assertThat(result.complete()).isTrue();
    assertThat(result.shortest("DURAB").plan().steps()).hasSize(1);
    assertThat(result.findings().stream().map(Finding::property)).doesNotContain("NEXT");
  }

  /** Hazard F-H2: the same, where only a pair counts. */
  @Test
  void theNewApplicationRunsOnTheOldRuntime() {
    Exploration<?> result = explore("together", Set.of("exports-again"), UPDATE);
    assertThat(result.shortest("ATOM").why()).contains("app=2").contains("runtime=1");
    assertThat(explore("together", MENDED, UPDATE).findings()).isEmpty();
  }

  /** Hazard F-H3. */
  @Test
  void menuEntriesStayBehind() {
    Exploration<?> result = explore(Set.of("adopts-deployments"), UPDATE);
    assertThat(result.complete()).isTrue();
    assertThat(result.shortest("ATOM").plan().steps()).hasSize(1);
    assertThat(result.shortest("ATOM").why()).contains("app=2").contains("menu=1");
  }

  @ParameterizedTest
  @CsvSource({"checkout-unsynced,update of an application and its runtime,ATOM",
      "undeployed-first,update of an application and its runtime,ATOM",
      "lock-ignored,update of a running application,ATOM"})
  void aDepartureIsFoundOut(String variant, String scenario, String property) {
    Set<String> variants = new TreeSet<>(MENDED);
    variants.add(variant);
    Exploration<?> result = explore(variants, scenario);
    assertThat(result.findings().stream().map(Finding::property)).contains(property);
  }
}
