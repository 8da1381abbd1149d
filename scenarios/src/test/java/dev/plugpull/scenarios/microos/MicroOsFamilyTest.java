package dev.plugpull.scenarios.microos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicroOsFamilyTest {
  private static final MicroOsFamily FAMILY = new MicroOsFamily();

  private static Exploration<?> explore(Map<String, String> settings, Set<String> variants, String scenario) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario));
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device) {
    // A twin may be broken in many ways: enough is known when the search has seen this much.
    return new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT.withWorkUnits(1500)).explore();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "update", "update, new system is unhealthy", "update, new initramfs ends in an emergency",
      "update, then rolled back by hand", "update, transactional-update killed anywhere",
      "update, user reboots or switches off anywhere", "update, reset button anywhere",
      "update, disk full anywhere and freed later", "update asked for once, killed anywhere",
      "update after fourteen months without power"})
  void theRealSystemKeepsTheContract(String scenario) {
    Exploration<?> result = explore(Map.of(), Set.of(), scenario);
    assertThat(result.complete()).as("%s", result.notLookedAt()).isTrue();
    assertThat(result.findings()).isEmpty();
    assertThat(result.counts().boundedWindows()).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "default-set-first|update|ATOM",
      "root-left-writable|update|RO",
      "success-told-at-set-default|update|DURAB",
      "emergency-hook-off|update, new initramfs ends in an emergency|NOBRICK",
      "health-checker-not-wanted|update, new system is unhealthy|ROLLBACK",
      "keys-rotated-late|update after fourteen months without power|CONV",
      "exit-trap-armed|update asked for once, killed anywhere|CONV"})
  void aDepartureIsFoundOut(String variant, String scenario, String property) {
    Exploration<?> result = explore(Map.of(), Set.of(variant), scenario);
    assertThat(result.findings().stream().map(Finding::property)).contains(property);
  }

  @Test
  void anInterruptedMergeOfEtcLosesConfiguration() {
    String scenario = "update, configuration edited before the reboot";
    Exploration<?> real = explore(Map.of(), Set.of(), scenario);
    assertThat(real.shortest("DATA").plan().steps()).hasSize(1);
    assertThat(real.shortest("DATA").plan().steps().getFirst().words()).contains("S1.truncated");
    assertThat(explore(Map.of(), Set.of("etc-merged-by-rename"), scenario).findings()).isEmpty();
  }

  /** GRUB starts the good system once and leaves the default as it is: every second start is of the bad one. */
  @Test
  void aPanickingKernelIsTriedAtEveryStart() {
    Exploration<?> result = explore(Map.of(), Set.of(), "update, new kernel panics");
    assertThat(result.shortest("NOBRICK").plan().steps()).isEmpty();
    assertThat(result.findings().stream().map(Finding::property).distinct()).isEqualTo(List.of("NOBRICK"));
  }
}
