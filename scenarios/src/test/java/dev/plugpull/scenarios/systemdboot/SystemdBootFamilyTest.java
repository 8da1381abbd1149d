package dev.plugpull.scenarios.systemdboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.scenarios.slots.SlotFamilies;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** systemd-boot counting explored to the fixpoint, and its known bugs found again. */
class SystemdBootFamilyTest {
  private static final SystemdBootFamily FAMILY = new SystemdBootFamily();

  @Test
  void theReferenceDeviceKeepsTheContractInEveryScenario() {
    SlotFamilies.keepsTheContract(FAMILY);
  }

  @Test
  void theReferenceUpdateHasTheCountsThatAreWrittenDown() {
    assertThat(SlotFamilies.explore(FAMILY, Map.of(), Set.of(), "update").counts().durableStates()).isEqualTo(23);
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
