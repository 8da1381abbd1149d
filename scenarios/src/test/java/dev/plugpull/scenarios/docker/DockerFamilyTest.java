package dev.plugpull.scenarios.docker;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerFamilyTest {
  private static final DockerFamily FAMILY = new DockerFamily();

  private static Exploration<?> explore(String layers, Set<String> variants, String scenario) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", Map.of("layers", layers), variants), scenario));
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device) {
    return new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT).explore();
  }

  @Test
  void withSyncedLayersTheContractIsKept() {
    for (String scenario : FAMILY.scenarios(Profile.standard(FAMILY))) {
      Exploration<?> result = explore("synced", Set.of(), scenario);
      assertThat(result.complete()).isTrue();
      assertThat(result.findings()).as(scenario).isEmpty();
    }
  }

  /** Hazard D-H1: the layer counts as there, and its files are not. */
  @Test
  void aRegisteredLayerMayLackItsFiles() {
    Exploration<?> result = explore("unsynced", Set.of(), "update of one application");
    assertThat(result.complete()).isTrue();
    assertThat(result.shortest("ATOM").plan().steps()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"layer-record-unsynced,CONV", "layer-record-unsynced,ISO", "volume-options-in-place,ISO"})
  void aDepartureIsFoundOut(String variant, String property) {
    Exploration<?> result = explore("synced", Set.of(variant), "update of one application");
    assertThat(result.findings().stream().map(Finding::property)).contains(property);
  }
}
