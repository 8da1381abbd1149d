package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Counts;
import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The twin of boots that end where another one was before: a search that runs every boot to its end finds the same. */
class WholeBootsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      grub-managed-22 | base refresh                                        | 2000
      grub-managed-22 | kernel refresh                                      | 700
      grub-managed-22 | kernel and base in one change                       | 300
      grub-managed-22 | base refresh, disk full anywhere and freed later    | 60
      grub-managed-22 | snapd refresh                                       | 300
      grub-managed-22 | app refresh                                         | 300
      uboot-ext4-22   | kernel refresh, new kernel panics                   | 400
      grub-managed-22 | app refresh, snapd killed anywhere                  | 60
      uboot-raw-22    | kernel refresh                                      | 30
      grub-18         | kernel refresh                                      | 200
      """)
  void theSameIsFound(String gadget, String scenario, long workUnits) {
    compare(Bench.board(Bench.good(gadget)).board().device(Bench.scenario(scenario), Platform.SNAPD, false), workUnits);
  }

  @Test
  void theSameIsFoundOnAnEncryptedDevice() {
    Family family = Families.named("ubuntu-core", "test");
    Profile profile = Profile.of(family, "test", Map.of("storage-safety", "encrypted"), Set.of());
    compare((CoreDevice) family.device(profile, "kernel refresh"), 150);
  }

  /** What it would look like if a step read something that a moment does not tell: here, anything in snapd's memory. */
  @Test
  void memoryLeftOutIsNoticed() {
    CoreDevice device = Bench.board(Bench.good("grub-managed-22")).board()
        .device(Bench.scenario("base refresh"), Platform.SNAPD, false);
    Exploration<CoreState> careless =
        new Explorer<>(new Forgetful<>(device), Judgement::of, ExplorationBounds.DEFAULT).explore();
    assertThat(told(careless)).isNotEqualTo(told(explore(device, ExplorationBounds.DEFAULT.withWholeBoots())));
  }

  private static void compare(CoreDevice device, long workUnits) {
    ExplorationBounds bounds = ExplorationBounds.DEFAULT.withWorkUnits(workUnits);
    Exploration<CoreState> whole = explore(device, bounds.withWholeBoots());
    Exploration<CoreState> ended = explore(device, bounds);
    assertThat(told(ended)).isEqualTo(told(whole));
    assertThat(ended.counts().inferred()).as("something is saved").isPositive();
    assertThat(whole.counts().inferred()).isZero();
    assertThat(told(explore(device, bounds.withThreads(3)))).isEqualTo(told(whole));
  }

  private static Exploration<CoreState> explore(CoreDevice device, ExplorationBounds bounds) {
    return new Explorer<>(device, Judgement::of, bounds).explore();
  }

  /** All that a report is made of. How many crash states a boot would have had behind its end is an estimate. */
  private static List<String> told(Exploration<CoreState> found) {
    Counts counts = found.counts();
    List<String> all = new ArrayList<>(List.of(counts.durableStates() + " states", counts.crashPoints() + " points",
        counts.boots() + " boots", counts.depth() + " deep", counts.fixpoint() + "", found.outcomes().toString(),
        found.spurious() + " spurious", found.crashMap().toString(), found.statesByFaults().toString()));
    found.findings().forEach(finding -> all.add(finding.property() + ": " + finding.why() + " " + finding.nodes() + " "
        + found.nodes().plan(finding.node())));
    return all;
  }
}
