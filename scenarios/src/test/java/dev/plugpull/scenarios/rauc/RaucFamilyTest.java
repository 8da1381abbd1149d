package dev.plugpull.scenarios.rauc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.scenarios.slots.Explored;
import dev.plugpull.scenarios.slots.SlotFamilies;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RAUC explored to the fixpoint, and its known bugs found again. */
class RaucFamilyTest {
  private static final RaucFamily FAMILY = new RaucFamily();
  private static final Map<String, String> TRIALS = Map.of("attempts", "trials");

  @ParameterizedTest
  @ValueSource(strings = {"update", "update, new kernel panics", "update, new system is unhealthy",
      "old release installed again, after a cut the new one", "update, disk full anywhere and freed later"})
  void keepsTheContractIfOnlyTrialsAreCounted(String scenario) {
    Exploration<?> found = SlotFamilies.explore(FAMILY, TRIALS, Set.of(), scenario);
    assertThat(found.complete()).isTrue();
    assertThat(Explored.violated(found)).isEmpty();
  }

  @Test
  void countingEveryBootGivesUpASystemThatWasReportedAsDone() {
    Exploration<?> found = SlotFamilies.explore(FAMILY, Map.of(), Set.of(), "update");
    assertThat(Explored.violated(found)).containsExactly("DURAB");
    assertThat(found.shortest("DURAB").plan().steps()).hasSize(3);
  }

  @Test
  void grubsSingleTryGivesUpAfterOneCutAndItsTruncatedEnvironmentBricks() {
    Exploration<?> found = SlotFamilies.explore(FAMILY, Map.of("bootloader", "grub"), Set.of(), "update");
    assertThat(found.shortest("DURAB").plan().steps()).hasSize(1);
    assertThat(Explored.violated(found)).contains("NOBRICK");
  }

  @Test
  void anEnvironmentWrittenInPlaceAndTrialsOnlyKeepTheContractWithGrub() {
    Map<String, String> settings =
        Map.of("bootloader", "grub", "attempts", "trials", "environment-writer", "in-place");
    Exploration<?> found = SlotFamilies.explore(FAMILY, settings, Set.of(), "update");
    assertThat(found.complete()).isTrue();
    assertThat(Explored.violated(found)).isEmpty();
  }

  static Set<String> knownBugs() throws IOException {
    return SlotFamilies.knownBugs(FAMILY);
  }

  @ParameterizedTest
  @MethodSource("knownBugs")
  void findsAKnownBugAgain(String id) throws IOException {
    SlotFamilies.found(id);
  }
}
