package dev.plugpull.scenarios.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Points;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerFamilyTest {
  private static final DockerFamily FAMILY = new DockerFamily();
  private static final String UPDATE = "update of one application";
  private static final String ONCE = UPDATE + ", asked for once";

  private static Exploration<?> explore(Map<String, String> settings, Set<String> variants, String scenario) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario));
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device) {
    return new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT.withWorkUnits(3000)).explore();
  }

  private static List<String> properties(Exploration<?> result) {
    assertThat(result.complete()).as("%s", result.notLookedAt()).isTrue();
    return result.findings().stream().map(Finding::property).distinct().sorted().toList();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "rename|update of one application", "rename|update of one application, daemon killed anywhere",
      "rename|update of one application, new version is unhealthy",
      "remove|update of one application, new version is unhealthy",
      "rename|update of one application, then the old image again"})
  void withSyncedLayersAndAnOrchestratorTheContractIsKept(String replacement, String scenario) {
    Exploration<?> result = explore(Map.of("layers", "synced", "replacement", replacement), Set.of(), scenario);
    assertThat(properties(result)).isEmpty();
    assertThat(result.counts().boundedWindows()).isZero();
  }

  /** Hazard D-H1: the layer counts as there, and its files are not. */
  @Test
  void aRegisteredLayerMayLackItsFiles() {
    Exploration<?> result = explore(Map.of("layers", "unsynced"), Set.of(), ONCE);
    assertThat(properties(result)).contains("ATOM", "NEXT");
    assertThat(result.shortest("NEXT").plan().steps()).hasSize(1);
  }

  /** Hazards D-H2 to D-H4: a cut between the stop of the old container and the start of the new one. */
  @ParameterizedTest
  @CsvSource({"unless-stopped,rename", "unless-stopped,remove", "on-failure,rename", "always,remove"})
  void anApplicationIsDownAfterACut(String restart, String replacement) {
    Exploration<?> result = explore(
        Map.of("layers", "synced", "restart", restart, "replacement", replacement), Set.of(), ONCE);
    assertThat(properties(result)).isEqualTo(List.of("ATOM"));
    assertThat(result.shortest("ATOM").why()).contains("app=nothing");
  }

  /** Hazard D-H5: of a container's two files only the first is there, and with it the policy is gone. */
  @Test
  void aContainerMayHaveItsConfigurationAndNoPolicy() {
    Map<String, String> settings = Map.of("layers", "synced", "restart", "always");
    assertThat(halfMade(explore(settings, Set.of(), UPDATE))).contains("app 2 false", "app 2 true");
    assertThat(properties(explore(settings, Set.of(), UPDATE))).as("the orchestrator starts it itself").isEmpty();
    assertThat(halfMade(explore(settings, Set.of(), ONCE))).contains("app 2 false").doesNotContain("app 2 true");
  }

  /** Name, version and whether it runs, of each container of any durable state that has no hostconfig.json. */
  private static Set<String> halfMade(Exploration<?> result) {
    Set<String> found = new TreeSet<>();
    for (int node = 0; node < result.nodes().size(); node++) {
      Tree tree = ((Resting<?, ?>) result.nodes().state(node)).volumes().getFirst().recovered();
      for (String id : tree.names("/containers")) {
        Content config = tree.content("/containers/" + id + "/config.v2.json");
        if (config != null && tree.content("/containers/" + id + "/hostconfig.json") == null) {
          List<String> words = List.of(config.text().orElse("").split(" "));
          found.add(String.join(" ", words.subList(0, Math.min(3, words.size()))));
        }
      }
    }
    return found;
  }

  /** With the policy always a container that was put aside starts beside the new one. */
  @Test
  void bothVersionsRunAfterACut() {
    Exploration<?> result = explore(Map.of("layers", "synced", "restart", "always"), Set.of(), ONCE);
    assertThat(result.shortest("ATOM").why()).contains("app=1 and 2");
  }

  /** Hazard D-H6: who stopped the old container cannot make the new one; when there is room again all is well. */
  @Test
  void aFullDiskStopsTheApplicationUntilThereIsRoom() {
    Exploration<?> result =
        explore(Map.of("layers", "synced"), Set.of(), UPDATE + ", disk full anywhere and freed later");
    assertThat(properties(result)).isEqualTo(List.of("ATOM"));
    assertThat(result.shortest("ATOM").why()).contains("app=nothing");
  }

  /** Hazard D-H7: whoever prunes has to pull the old image again. */
  @ParameterizedTest
  @ValueSource(strings = {"pruned", "kept"})
  void theWayBackNeedsTheRegistryAfterPruning(String images) {
    Profile profile = Profile.of(FAMILY, "test", Map.of("layers", "synced", "old-images", images), Set.of());
    Set<String> points = Points.after(
        FAMILY.device(profile, UPDATE + ", then the old image again"), "the user runs the old image again");
    assertThat(points).contains("D7", "C5");
    assertThat(points.contains("D3")).isEqualTo(images.equals("pruned"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "layer-record-unsynced|update of one application|CONV", "layer-record-unsynced|update of one application|ISO",
      "layer-record-emptied|update of one application|NEXT", "volume-options-in-place|update of one application|ISO",
      "host-writable|update of one application|RO",
      "unhealthy-stays|update of one application, new version is unhealthy|ROLLBACK"})
  void aDepartureIsFoundOut(String variant, String scenario, String property) {
    assertThat(properties(explore(Map.of("layers", "synced"), Set.of(variant), scenario))).contains(property);
  }
}
