package dev.plugpull.scenarios.tryboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.scenarios.slots.SlotFamilies;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Raspberry Pi tryboot explored to the fixpoint, and its known bugs found again. */
class TrybootFamilyTest {
  private static final TrybootFamily FAMILY = new TrybootFamily();

  @Test
  void theReferenceDeviceKeepsTheContractInEveryScenario() {
    SlotFamilies.keepsTheContract(FAMILY);
  }

  @Test
  void theReferenceUpdateHasTheCountsThatAreWrittenDown() {
    assertThat(SlotFamilies.explore(FAMILY, Map.of(), Set.of(), "update").counts().durableStates()).isEqualTo(13);
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
