package dev.plugpull.scenarios.chromeos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.slots.Explored;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chrome OS explored to the fixpoint: what holds, what does not, and that each departure is noticed. */
class ChromeOsFamilyTest {
  private static final ChromeOsFamily FAMILY = new ChromeOsFamily();
  private static final Map<String, String> REPAIRED = Map.of("table-repair", "before-change");

  private static Exploration<?> explore(Map<String, String> settings, Set<String> variants, String scenario) {
    Profile profile = Profile.of(FAMILY, "test", settings, variants);
    return Explored.of(FAMILY.device(profile, scenario));
  }

  @ParameterizedTest
  @CsvSource({"'update, new kernel panics'", "'update, new kernel is signed by a wrong key'",
      "'update, new system dies before it is marked good'"})
  void keepsTheContractIfRepairsAreWrittenFirst(String scenario) {
    Exploration<?> found = explore(REPAIRED, Set.of(), scenario);
    assertThat(found.complete()).isTrue();
    assertThat(found.counts().boundedWindows()).isZero();
    assertThat(Explored.violated(found)).isEmpty();
  }

  @Test
  void aGoodUpdateArrivesAndHasTheCountsThatAreWrittenDown() {
    Exploration<?> found = explore(REPAIRED, Set.of(), "update");
    assertThat(found.complete()).isTrue();
    assertThat(Explored.violated(found)).isEmpty();
    assertThat(found.counts().durableStates()).isEqualTo(1812);
    assertThat(found.crashMap().rows()).extracting(row -> row.point()).contains("U1", "U4", "U6", "U7", "U12", "U13",
        "U14", "U16", "U17", "U20", "U21", "B2.header1", "C1", "C2");
  }

  @Test
  void shippedFirmwareCanLoseBothCopiesOfTheTableInTwoCuts() {
    Exploration<?> found = explore(Map.of(), Set.of(), "update, new kernel is signed by a wrong key");
    assertThat(found.complete()).isTrue();
    assertThat(Explored.violated(found)).containsExactly("NOBRICK");
    assertThat(found.shortest("NOBRICK").plan().steps()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
      "mark-good-any-time, 'update', CONV",
      "roll-forward-by-other-slot, 'update, new kernel panics', NOBRICK",
      "writes-behind-partition, 'update, new kernel panics', ISO",
      "writable-root, 'update, new kernel panics', RO",
      "writable-root, 'update, new kernel panics', INTEG",
      "tries-required, 'update', NOBRICK",
      "active-as-successful, 'update, new kernel panics', NOBRICK"
  })
  void everyDepartureIsNoticed(String variant, String scenario, String property) {
    Map<String, String> settings = Map.of("table-repair", "before-change", "kernel-versions", "rising");
    assertThat(Explored.violated(explore(settings, Set.of(variant), scenario))).contains(property);
  }

  @Test
  void aPowerwashThatWasAskedForTooEarlyLosesData() {
    Map<String, String> settings = Map.of("table-repair", "before-change", "powerwash", "with-update");
    Exploration<?> found = explore(settings, Set.of(), "update, new kernel is signed by a wrong key");
    assertThat(Explored.violated(found)).contains("DATA");
  }
}
