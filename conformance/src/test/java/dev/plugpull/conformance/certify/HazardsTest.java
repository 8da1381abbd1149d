package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.reports.Hazard;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.BootChain;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.GadgetAssets;
import dev.plugpull.sim.ubuntucore.Platform;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The hazards of the specification, but those of raw assets, piboot and sealing, each reached from a clean device by
 * cuts at its own durability points, any number of them; what state it leaves; and when the device survives. Where the
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

  private static Explored<CoreState> at(CoreBoard board, String scenario, String points) {
    var device = CutsAt.of(board.device(Bench.scenario(scenario), Platform.SNAPD, false), points);
    return new Explored<>(
        scenario, device, new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT).explore(), 0);
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

  /** Section 8.3: every id has a test of its own that explores it from a clean device. */
  @Test
  void everyHazardOfTheSpecificationIsExplored() throws IOException {
    Path specification = Bench.root().resolve("../shared/specs/ubuntu-core.md");
    assumeTrue(Files.exists(specification), "not compared: there is no " + specification);
    String list = Files.readString(specification).split("### 8\\.3")[1].split("\n###")[0];
    Set<String> named = new TreeSet<>();
    Pattern.compile("\\bH\\d+\\b").matcher(list).results().forEach(id -> named.add(id.group()));
    Set<String> explored = new TreeSet<>();
    for (Class<?> tests : List.of(
        HazardsTest.class, SealingHazardsTest.class, GadgetRefreshTest.class, BootloaderHazardsTest.class)) {
      for (Method test : tests.getDeclaredMethods()) {
        Stream.of(test.getAnnotationsByType(Tag.class)).map(Tag::value).forEach(explored::add);
      }
    }
    assertThat(named).hasSize(18);
    assertThat(explored).containsAll(named);
  }

  /** The blob is short after validate-snap was recorded; a later task finds it not mounted, and all is undone. */
  @Test
  @Tag("H1")
  void h1ABlobMadeFromADifferenceIsLostAndTheUpdateFailsAndTheDeviceSurvives() {
    GadgetBoard board = good("grub-managed-22");
    String scenario = "app refresh by a difference";
    String points = "P17\\.done-validate-snap(\\..*)?";
    Explored<CoreState> found = Bench.exploreAt(board, scenario, points);
    survives(found);
    assertThat(found.rolledBack().keySet()).anyMatch(why -> why.contains("is not mounted"));
    Explored<CoreState> synced = Bench.exploreAt(board, scenario, points, Platform.REFERENCE);
    assertThat(synced.rolledBack()).isEmpty();
  }

  /** P17 syncs before it renames, so the disk itself must fail: here by ignoring each flush. */
  @Test
  @Tag("H2")
  void h2AStateThatADiskLostLeavesADeviceThatRunsAndTakesNoUpdate() {
    GadgetBoard board = good("grub-managed-22");
    String points = "P17\\.change(\\..*)?";
    Explored<CoreState> found = at(board.board().withMedium(DeviceProfile.EMMC.withLyingFlush()), BASE, points);
    Finding<CoreState> lost = only(found, "CONV", "no readable state");
    assertThat(hazard(board, lost)).isEqualTo("H2");
    assertThat(lost.plan().steps()).hasSize(1);
    assertThat(lost.settlement().settled()).as("kernel and base run").isTrue();
    assertThat(lost.settlement().observation().outcome()).isEqualTo(Outcome.STUCK);
    assertThat(lost.settlement().observation().running()).containsEntry("kernel", "3").containsEntry("base", "3");
    survives(Bench.exploreAt(board, BASE, points));
  }

  /** The UEFI loader on a FAT seed, replaced by one refresh, in one way or two. */
  private static CoreBoard uefi(long bytes, String... paths) {
    CoreBoard board = good("grub-managed-22").board();
    List<GadgetAssets.Asset> loaders = Stream.of(paths).map(path -> new GadgetAssets.Asset(path,
        Content.opaque("old " + path, bytes), Content.opaque("new " + path, bytes), GadgetAssets.Rule.REPLACED))
        .toList();
    Partition seed = board.seed();
    SortedMap<String, Content> files = new TreeMap<>(seed.files());
    loaders.forEach(loader -> files.put(loader.path(), loader.before()));
    List<BootChain.Way> ways = loaders.stream()
        .map(loader -> new BootChain.Way(List.of(new BootChain.Link(seed.number(), loader.path())))).toList();
    return board.withSeed(new Partition(seed.label(), seed.type(), seed.bytes(), seed.number(), files))
        .withAssets(
            new GadgetAssets(
                List.of(new GadgetAssets.AssetStructure("ubuntu-seed", GadgetAssets.Home.SEED, loaders)), List.of()),
            new BootChain(List.of(new BootChain.Stage("the UEFI loader", ways))));
  }

  /** The name never goes missing, as the specification has it: the clusters behind it do. */
  @Test
  @Tag("H15")
  void h15TheClustersOfALoaderAreFreeBeforeItsEntryNamesTheNewOnes() {
    GadgetBoard board = good("grub-managed-22");
    String points = "G5c(\\..*)?";
    Explored<CoreState> found = at(uefi(960_000, "/EFI/boot/bootx64.efi"), "gadget refresh", points);
    Finding<CoreState> brick = only(found, "NOBRICK", "bootx64.efi is missing or short");
    assertThat(hazard(board, brick)).isEqualTo("H15");
    assertThat(brick.plan().steps()).hasSize(1);
    assertThat(brick.why()).endsWith("for good");
    Explored<CoreState> twoWays =
        at(uefi(960_000, "/EFI/boot/bootx64.efi", "/EFI/ubuntu/shimx64.efi"), "gadget refresh", points);
    assertThat(only(twoWays, "NOBRICK", "is missing or short").plan().steps()).as("one cut is survived").hasSize(2);
    survives(at(uefi(4_000, "/EFI/boot/bootx64.efi"), "gadget refresh", points));
  }

  /** The repeated task finds that all targets hold the new content, and needs no backup. */
  @Test
  @Tag("H18")
  void h18ARollbackFolderOfWhichAPartIsGoneIsNeverMissed() {
    Explored<CoreState> found = Bench.exploreAt(
        Bench.refreshed("grub-managed-22"), "gadget refresh", "G10.*", Platform.SNAPD, true);
    survives(found);
    assertThat(found.result().outcomes()).containsOnlyKeys(Fate.NEW);
    assertThat(found.result().counts().crashStates()).as("what is left of the folder").isGreaterThan(10);
  }

  @Test
  @Tag("H6")
  void h6DataOfARevertedRevisionIsLostIfItsNextRefreshIsCutAndUndone() {
    GadgetBoard board = good("grub-managed-22");
    String scenario = "app refresh, reverted, refreshed again and undone";
    Explored<CoreState> found = Bench.exploreAt(board, scenario, "K11.*");
    Finding<CoreState> lost = only(found, "DATA", "data of device-app 4 is lost");
    assertThat(hazard(board, lost)).isEqualTo("H6");
    assertThat(lost.settlement().observation().data()).containsEntry("device-app 3", "kept");
    survives(Bench.exploreAt(board, scenario, "K11.*", Platform.REFERENCE));
  }

  @Test
  @Tag("H3")
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
  @Tag("H4")
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
  @Tag("H5")
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
  @Tag("H7")
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
  @Tag("H8")
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
  @Tag("H9")
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
  @Tag("H10")
  void h10AScriptThatDoesNotFlipNeedsNoCutToLoop() {
    GadgetBoard board = Bench.board(Bench.broken("uboot-file-22-never-flips"));
    Finding<CoreState> loop = only(Bench.exploreAt(board, KERNEL, "nowhere"), "NOBRICK", "kernel_status is try");
    assertThat(loop.plan().steps()).isEmpty();
    assertThat(hazard(board, loop)).as("no hazard of the platform excuses it").isEqualTo("none");
  }

  @Test
  @Tag("H12")
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
  @Tag("H16")
  void h16ContentOfTheKernelOnTheSeedStaysNewWhenTheKernelGoesBack() {
    GadgetBoard board = Bench.piWithDeviceTree();
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
  @Tag("H17")
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
