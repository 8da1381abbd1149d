package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.reports.Hazard;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.BootChain;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The hazards of the specification that belong to a kernel or base refresh, each reached from a clean device by cuts at
 * its own durability points, any number of them; what state it leaves; and when the device survives. Where the
 * reference platform lacks the hazard, the same exploration shows that it is gone there.
 */
class HazardsTest {
  private static final String KERNEL = "kernel refresh";
  private static final String PANICS = "kernel refresh, new kernel panics";
  private static final String BASE = "base refresh";
  private static final String BASE_FULL = "base refresh, disk full anywhere and freed later";

  private static GadgetBoard good(String name) {
    return Bench.board(Bench.good(name));
  }

  private static Finding<CoreState> only(Explored<CoreState> explored, String property, String words) {
    assertThat(explored.result().complete()).as("searched to the end").isTrue();
    List<Finding<CoreState>> found = explored.distinct().stream()
        .filter(finding -> finding.property().equals(property) && finding.why().contains(words)).toList();
    assertThat(found).as("%s because %s in %s", property, words, explored.distinct()).hasSize(1);
    return found.getFirst();
  }

  private static String hazard(GadgetBoard board, Finding<?> finding) {
    return new CoreSubject(board).explaining(finding).map(Hazard::id).orElse("none");
  }

  private static Set<String> rolledBack(GadgetBoard board, Explored<CoreState> explored) {
    Set<String> ids = new TreeSet<>();
    explored.rolledBack().forEach((why, count) -> ids.add(new CoreSubject(board).spurious(why, count).id()));
    return ids;
  }

  /** The state in which the first node that ends this way lies after the cut. */
  private static List<Variable> left(Explored<CoreState> explored, Finding<CoreState> finding) {
    return explored.device().describe(explored.result().nodes().state(finding.node()));
  }

  private static String value(List<Variable> state, String name) {
    return state.stream().filter(v -> v.name().equals(name)).map(Variable::value).findFirst().orElse("");
  }

  /** Everything settled, and the next update was taken. */
  private static void survives(Explored<CoreState> explored) {
    assertThat(explored.result().complete()).as("searched to the end").isTrue();
    assertThat(explored.distinct()).isEmpty();
    for (int node = 0; node < explored.result().nodes().size(); node++) {
      Settlement<CoreState> end = explored.result().nodes().settlement(node);
      assertThat(end.settled()).isTrue();
      if (end.next() != null) {
        assertThat(end.next().observation().outcome()).isEqualTo(Outcome.NEW);
      }
    }
  }

  @Test
  void h3AMountUnitThatWasNotEnabledFailsAGoodUpdateAndTheDeviceSurvives() {
    GadgetBoard board = good("grub-managed-22");
    for (String scenario : List.of(KERNEL, BASE)) {
      Explored<CoreState> found = Bench.exploreAt(board, scenario, "K[56](\\..*)?");
      survives(found);
      assertThat(rolledBack(board, found)).containsExactly("H3");
      assertThat(Bench.exploreAt(board, scenario, "K[56](\\..*)?", Platform.REFERENCE).rolledBack()).isEmpty();
    }
  }

  @Test
  void h4LostBootFilesGetAScriptThatDoesNotResetStuckOnceAndOneThatDoesFallsBack() {
    String points = "P17\\.done-mount-snap.*";
    GadgetBoard stops = Bench.board(Bench.broken("uboot-file-22-no-reset"));
    Explored<CoreState> stuck = Bench.exploreAt(stops, KERNEL, points);
    Finding<CoreState> finding = only(stuck, "NOBRICK", "prompt");
    assertThat(hazard(stops, finding)).isEqualTo("H4");
    assertThat(finding.why()).contains("one power cycle heals it");
    assertThat(finding.plan().steps()).hasSize(1);
    assertThat(finding.plan().steps().getFirst().words()).contains("everything pending on ubuntu-boot is lost");
    for (String name : List.of("uboot-file-22", "grub-managed-22")) {
      Explored<CoreState> found = Bench.exploreAt(good(name), KERNEL, points);
      survives(found);
      assertThat(rolledBack(good(name), found)).contains("H7");
    }
    assertThat(Bench.exploreAt(stops, KERNEL, points, Platform.REFERENCE).distinct()).isEmpty();
  }

  @Test
  void h5APartOfADriversTreeIsTakenForTheWholeFromUbuntuCore24On() {
    GadgetBoard board = Bench.board(Bench.good("grub-managed-22"), 24);
    Explored<CoreState> found = Bench.exploreAt(board, KERNEL, "K9(\\..*)?");
    Finding<CoreState> mixed = only(found, "ATOM", "modules=4 incomplete");
    assertThat(hazard(board, mixed)).isEqualTo("H5");
    assertThat(mixed.settlement().settled()).as("it runs on, and says nothing").isTrue();
    assertThat(mixed.settlement().observation().change()).isEqualTo("done");
    assertThat(hazard(board, only(found, "PRED", "different content"))).isEqualTo("H5");
    assertThat(Bench.exploreAt(board, KERNEL, "K9(\\..*)?", Platform.REFERENCE).distinct()).isEmpty();
    survives(Bench.exploreAt(good("grub-managed-22"), KERNEL, "K9(\\..*)?"));
  }

  @Test
  void h7ACutDuringTheTryRollsAGoodUpdateBackAndTheNextOneIsTaken() {
    GadgetBoard board = good("grub-managed-22");
    for (String scenario : List.of(KERNEL, BASE)) {
      Explored<CoreState> found = Bench.exploreAt(board, scenario, "I5|P17\\.boot-id(\\..*)?");
      survives(found);
      assertThat(rolledBack(board, found)).containsExactly("H7");
      assertThat(found.result().outcomes()).containsOnlyKeys(Fate.OLD, Fate.NEW);
    }
  }

  /** And the installation cannot end: it refuses the environment whose damage began it. */
  @Test
  void h8AnEmptySeedEnvironmentStartsAnInstallationThatRemovesEverythingAndFails() {
    String scenario = "reboot into the recovery system";
    GadgetBoard board = good("grub-managed-22");
    Explored<CoreState> found = Bench.exploreAt(board, scenario, "R8.*|R10.*|K21");
    List<Finding<CoreState>> lost = found.distinct();
    assertThat(lost).isNotEmpty().allSatisfy(finding -> {
      assertThat(finding.property()).isEqualTo("NOBRICK");
      assertThat(hazard(board, finding)).isEqualTo("H8");
      assertThat(finding.why()).contains("install mode fails").endsWith("for good");
    });
    assertThat(lost.getFirst().plan().steps()).hasSize(2);
    assertThat(lost.getFirst().plan().steps().getLast().words()).contains("R8.truncated");
    survives(Bench.exploreAt(board, scenario, "R8|R10|K21"));
    survives(Bench.exploreAt(board, scenario, "R8.*|R10.*|K21", Platform.REFERENCE));
  }

  @Test
  void h9AnEmptyRunEnvironmentIsAnEndlessReboot() {
    GadgetBoard board = good("grub-managed-22");
    Explored<CoreState> found = Bench.exploreAt(board, KERNEL, "K18(\\..*)?");
    Finding<CoreState> loop = only(found, "NOBRICK", "it has 0 bytes, not 1024");
    assertThat(hazard(board, loop)).isEqualTo("H9");
    assertThat(loop.settlement().kind()).isEqualTo(Settlement.Kind.LOOP);
    assertThat(loop.settlement().healedByPowerCycle()).isFalse();
    assertThat(left(found, loop)).anyMatch(v -> v.value().contains("unreadable"));
    assertThat(Bench.exploreAt(board, KERNEL, "K18(\\..*)?", Platform.REFERENCE).distinct()).isEmpty();
  }

  @Test
  void h10AScriptThatDoesNotFlipNeedsNoCutToLoop() {
    GadgetBoard board = Bench.board(Bench.broken("uboot-file-22-never-flips"));
    Finding<CoreState> loop = only(Bench.exploreAt(board, KERNEL, "nowhere"), "NOBRICK", "kernel_status is try");
    assertThat(loop.plan().steps()).isEmpty();
    assertThat(hazard(board, loop)).as("no hazard of the platform excuses it").isEqualTo("none");
  }

  @Test
  void h12SuccessThatCouldNotBeMarkedIsNotMarkedAgainInThisBoot() {
    GadgetBoard board = good("grub-managed-22");
    Explored<CoreState> found = Bench.exploreAt(board, BASE_FULL, "P17\\.boot-id.*");
    Finding<CoreState> loop = only(found, "NOBRICK", "cannot write modeenv: no space left");
    assertThat(hazard(board, loop)).isEqualTo("H12");
    assertThat(value(left(found, loop), "base_status")).isEqualTo("trying");
    assertThat(found.rolledBack()).as("freed in time, the next boot rolls back")
        .containsKey("cannot finish base installation, there was a rollback across reboot");
  }

  @Test
  void aDiskThatIsFullWhenABaseIsTriedIsAnEndlessReboot() {
    GadgetBoard board = good("grub-managed-22");
    Finding<CoreState> loop =
        only(Bench.exploreAt(board, BASE_FULL, "B2(\\..*)?|L7"), "NOBRICK", "cannot write modeenv: no space left");
    assertThat(hazard(board, loop)).isEqualTo("FULL");
  }

  /** No cut is needed: the task has no undo. The device tree is one that the firmware of the Pi reads on the seed. */
  @Test
  void h16ContentOfTheKernelOnTheSeedStaysNewWhenTheKernelGoesBack() {
    GadgetAssets.Asset tree = new GadgetAssets.Asset("/bcm2711-rpi-4-b.dtb", Content.opaque("device tree of 3", 50_000),
        Content.opaque("device tree of 4", 50_000), GadgetAssets.Rule.REPLACED);
    GadgetAssets assets = new GadgetAssets(List.of(),
        List.of(new GadgetAssets.AssetStructure("ubuntu-seed", GadgetAssets.Home.SEED, List.of(tree))));
    GadgetBoard pi = good("piboot-22");
    GadgetBoard board = new GadgetBoard(pi.board().withAssets(assets, BootChain.NONE), pi.reference(),
        pi.loaderTitle(), pi.scripts(), pi.findings(), pi.assumptions(), pi.notLookedAt());
    Explored<CoreState> found = Bench.exploreAt(board, PANICS, "G[0-9].*");
    Finding<CoreState> mixed = only(found, "ATOM", "kernel assets=of revision 4, modules=3");
    assertThat(mixed.plan().steps()).isEmpty();
    assertThat(mixed.settlement().settled()).as("it runs on, with the new tree").isTrue();
    assertThat(hazard(board, mixed)).isEqualTo("H16");
    for (Explored<CoreState> other : List.of(Bench.exploreAt(board, PANICS, "G[0-9].*", Platform.REFERENCE),
        Bench.exploreAt(board, KERNEL, "nowhere"))) {
      assertThat(other.result().complete()).isTrue();
      assertThat(other.distinct()).noneMatch(finding -> hazard(board, finding).equals("H16"));
    }
  }

  @Test
  void h17TheOneEnvironmentOfUbuntuCore18IsEmptyAndNamesNoKernel() {
    GadgetBoard board = good("grub-18");
    Explored<CoreState> found = Bench.exploreAt(board, KERNEL, "U18\\.truncated");
    Finding<CoreState> brick = only(found, "NOBRICK", "boot loader resets");
    assertThat(hazard(board, brick)).isEqualTo("H17");
    assertThat(brick.settlement().healedByPowerCycle()).isFalse();
    assertThat(Bench.exploreAt(board, KERNEL, "U18.*", Platform.REFERENCE).distinct()).isEmpty();
  }

  @Test
  void b7TheSingleCopyOfAUbootEnvironmentIsTornAndTwoCopiesAreNot() {
    for (String name : List.of("uboot-file-22", "uboot-ext4-22")) {
      GadgetBoard board = good(name);
      Explored<CoreState> found = Bench.exploreAt(board, KERNEL, "K18.*|K21|M1.*");
      Finding<CoreState> torn = only(found, "NOBRICK", "the script resets the board");
      assertThat(hazard(board, torn)).isEqualTo("B7");
      assertThat(found.result().crashMap().rows())
          .filteredOn(row -> row.cells().containsKey(LossClass.TORN))
          .anySatisfy(row -> assertThat(row.cells().get(LossClass.TORN).fates()).containsKey(Fate.BRICK));
    }
    Explored<CoreState> raw = Bench.exploreAt(good("uboot-raw-22"), KERNEL, "K18.*|K21|M1.*");
    survives(raw);
    assertThat(raw.result().crashMap().rows()).anyMatch(row -> row.cells().containsKey(LossClass.TORN));
  }

  @Test
  void b13TheLoaderReadsBlocksThatLagBehindTheJournal() {
    GadgetBoard board = good("grub-managed-22");
    Explored<CoreState> found = Bench.exploreAt(board, KERNEL, "M2(\\..*)?");
    Finding<CoreState> prompt = only(found, "NOBRICK", "menu without timeout");
    assertThat(hazard(board, prompt)).isEqualTo("B13");
    assertThat(hazard(board, only(found, "ATOM", "kernel 3 runs with the modules of revision 4"))).isEqualTo("B13");
    survives(Bench.exploreAt(board, KERNEL, "M2(\\..*)?", Platform.SNAPD, true));
  }
}
