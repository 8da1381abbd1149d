package dev.plugpull.scenarios.bootcount;

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

/** U-Boot boot counting explored to the fixpoint, and its known bugs found again. */
class BootCountFamilyTest {
  private static final BootCountFamily FAMILY = new BootCountFamily();

  @Test
  void theReferenceDeviceKeepsTheContractInEveryScenario() {
    SlotFamilies.keepsTheContract(FAMILY);
  }

  @Test
  void theReferenceUpdateHasTheCountsThatAreWrittenDown() {
    Exploration<?> found = SlotFamilies.explore(FAMILY, Map.of(), Set.of(), "update");
    assertThat(found.counts().durableStates()).isEqualTo(43);
    assertThat(found.counts().boundedWindows()).isZero();
  }

  @Test
  void withoutACounterABadUpdateLoopsForEver() {
    Exploration<?> found = SlotFamilies.explore(
        FAMILY, Map.of("boot-counter", "none"), Set.of(), "update, new kernel panics");
    assertThat(Explored.violated(found)).contains("NOBRICK");
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
