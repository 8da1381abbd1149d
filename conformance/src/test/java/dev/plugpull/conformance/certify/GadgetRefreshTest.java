package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes of gadget assets: the broken examples, and the hazards that exploration reaches from a clean device. */
class GadgetRefreshTest {
  private static final long ALL = Long.MAX_VALUE;

  private static CoreScenario scenario(String name) {
    return UbuntuCoreCatalogue.named(name).orElseThrow();
  }

  private static Explored<CoreState> explored(String gadget, String scenario, Platform platform, boolean ideal) {
    return Bench.explore(Bench.refreshed(gadget).board(), scenario(scenario), platform, ideal, ALL);
  }

  private static List<Finding<CoreState>> violations(Explored<CoreState> explored, String words) {
    return explored.result().findings().stream().filter(f -> f.why().contains(words)).toList();
  }

  private static KnownHazard hazard(String gadget, Finding<CoreState> finding) {
    return KnownHazard.explaining(new KnownHazard.Witness(
        finding.property(), finding.why(), finding.plan(), Bench.refreshed(gadget).loaderTitle(), 22)).orElse(null);
  }

  @Test
  void everyOlderGadgetHasANewerOne() throws IOException {
    List<String> newer = new java.util.ArrayList<>(Bench.names("good"));
    newer.addAll(Bench.names("broken"));
    assertThat(newer).containsAll(Bench.names("older"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grub-managed-22", "uboot-file-22", "uboot-raw-22"})
  void aRefreshOfAGoodGadgetArrivesWhileNothingStrikes(String gadget) {
    GadgetBoard board = Bench.refreshed(gadget);
    for (CoreScenario scenario : UbuntuCoreCatalogue.gadgetRefresh()) {
      if (scenario.good()) {
        assertThat(Bench.undisturbed(board, scenario)).as(scenario.name()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uboot-file-22-refresh-drops-script, NOBRICK, bootcmd ended, GADGET",
    "uboot-file-22-refresh-unmounted, PROGRESS, does not have a writable mountpoint, PROTOCOL"
  })
  void aBrokenRefreshFailsWithoutAnyPowerCut(String gadget, String property, String words, Party party) {
    GadgetBoard board = Bench.refreshed(gadget);
    CoreScenario scenario = scenario("gadget refresh");
    assertThat(Bench.undisturbed(board, scenario)).anySatisfy(violation -> {
      assertThat(violation.property()).isEqualTo(property);
      assertThat(violation.why()).contains(words);
      Blame.Attribution blame = Bench.blame(board, new Bench.Undisturbed(scenario, violation));
      assertThat(blame.party()).isEqualTo(party);
    });
  }

  /** H14, in both its shapes: a mixture that no ROM starts, and images that are never written although all is done. */
  @Test
  @Tag("H14")
  void rawImagesAreTornOrLostByACutAndAProtectedPlatformOrAnOrderedMediumCuresIt() {
    Explored<CoreState> snapd = explored("uboot-file-22", "gadget refresh", Platform.SNAPD, false);
    assertThat(snapd.result().complete()).isTrue();
    List<Finding<CoreState>> torn = violations(snapd, "neither the old nor the new one");
    List<Finding<CoreState>> lost = violations(snapd, "gadget assets=of revision 3");
    assertThat(torn).isNotEmpty();
    assertThat(lost).isNotEmpty();
    assertThat(torn.getFirst().plan().steps()).hasSize(1);
    assertThat(lost.getFirst().plan().steps()).hasSize(1);
    assertThat(hazard("uboot-file-22", torn.getFirst())).isEqualTo(KnownHazard.H14);
    assertThat(hazard("uboot-file-22", lost.getFirst())).isEqualTo(KnownHazard.H14);
    for (Explored<CoreState> twin : List.of(explored("uboot-file-22", "gadget refresh", Platform.REFERENCE, false),
        explored("uboot-file-22", "gadget refresh", Platform.SNAPD, true))) {
      assertThat(twin.result().complete()).isTrue();
      assertThat(violations(twin, "gadget assets")).isEmpty();
      assertThat(violations(twin, "neither the old nor the new one")).isEmpty();
    }
  }

  /** Section 5.4: assets have no undo. The reference platform, which has one, ends with the old system. */
  @Test
  void assetsOfAnUndoneChangeStayNew() {
    String name = "gadget refresh, a hook of the new gadget fails";
    Explored<CoreState> snapd = explored("uboot-file-22", name, Platform.SNAPD, false);
    List<Finding<CoreState>> mixed = violations(snapd, "gadget assets=of revision 4");
    assertThat(mixed).isNotEmpty();
    assertThat(mixed.getFirst().plan().steps()).isEmpty();
    assertThat(hazard("uboot-file-22", mixed.getFirst())).isEqualTo(KnownHazard.G11);
    Explored<CoreState> twin = explored("uboot-file-22", name, Platform.REFERENCE, false);
    assertThat(twin.result().complete()).isTrue();
    assertThat(violations(twin, "gadget assets")).isEmpty();
  }

  /** One reboot for both. What the gadget brought has no undo, so a try that is cut leaves it beside the old kernel. */
  @Test
  void gadgetAndKernelInOneChangeGoBackTogetherButForTheAssets() {
    String name = "gadget and kernel in one change";
    GadgetBoard board = Bench.refreshed("grub-managed-22");
    assertThat(Bench.undisturbed(board, scenario(name))).isEmpty();
    assertThat(Bench.undisturbed(board, scenario(name + ", kernel panics")))
        .anyMatch(v -> v.property().equals("ATOM") && v.why().contains("gadget assets=of revision 4"));
    Explored<CoreState> cut = Bench.exploreAt(board, name, "P17\\.boot-id(\\..*)?");
    assertThat(cut.result().complete()).isTrue();
    List<Finding<CoreState>> mixed = violations(cut, "gadget assets=of revision 4, kernel=3");
    assertThat(mixed).singleElement().satisfies(finding -> {
      assertThat(finding.plan().steps()).hasSize(1);
      assertThat(hazard("grub-managed-22", finding)).isEqualTo(KnownHazard.G11);
    });
    assertThat(violations(Bench.exploreAt(board, name, "P17\\.boot-id(\\..*)?", Platform.REFERENCE), "gadget assets"))
        .isEmpty();
  }

  /** GRUB replays no journal: the GRUB of ubuntu-boot, renamed into place, may be missing for it. */
  @Test
  void theLoaderOnExt4MayBeMissingForTheLoaderBeforeIt() {
    Explored<CoreState> snapd = explored("grub-managed-22", "gadget refresh", Platform.SNAPD, false);
    assertThat(snapd.result().complete()).isTrue();
    List<Finding<CoreState>> missing = violations(snapd, "grubx64.efi is missing or short");
    assertThat(missing).isNotEmpty();
    assertThat(hazard("grub-managed-22", missing.getFirst())).isEqualTo(KnownHazard.B13);
    Explored<CoreState> ordered = explored("grub-managed-22", "gadget refresh", Platform.SNAPD, true);
    assertThat(ordered.result().complete()).isTrue();
    assertThat(violations(ordered, "missing or short")).isEmpty();
  }

  /** G7. The seed is full, so all structures are rolled back; of raw images, which nobody syncs, some may not be. */
  @Test
  void aRefreshWithoutRoomIsRolledBackButForImagesThatACutTakes() {
    String name = "gadget refresh, no room for its files";
    assertThat(Bench.undisturbed(Bench.refreshed("grub-managed-22"), scenario(name))).isEmpty();
    Explored<CoreState> snapd = explored("grub-managed-22", name, Platform.SNAPD, false);
    assertThat(snapd.result().complete()).isTrue();
    assertThat(snapd.result().crashMap().rows()).anyMatch(row -> row.point().startsWith("G7"));
    for (String words : List.of("gadget assets=of several revisions", "the mixed system")) {
      assertThat(violations(snapd, words)).isNotEmpty().allSatisfy(finding -> {
        assertThat(finding.plan().steps()).hasSize(1);
        assertThat(hazard("grub-managed-22", finding)).isEqualTo(KnownHazard.H14);
      });
    }
    Explored<CoreState> twin = explored("grub-managed-22", name, Platform.REFERENCE, false);
    assertThat(twin.result().complete()).isTrue();
    assertThat(twin.result().findings()).isEmpty();
  }

  /** A refresh that writes no file needs no room: there is nothing to try. */
  @Test
  void whereNoFileIsWrittenThereIsNoRoomToLack() {
    CoreScenario scenario = scenario("gadget refresh, no room for its files");
    assertThat(scenario.fits(Bench.refreshed("grub-managed-22").board().assets())).isTrue();
    assertThat(scenario.fits(Bench.refreshed("uboot-file-22").board().assets())).isFalse();
  }
}
