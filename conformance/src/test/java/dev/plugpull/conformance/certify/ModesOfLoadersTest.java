package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recovery systems, remodel, installation and factory reset with the boot loaders beside GRUB, each of the example
 * gadgets: what holds, what does not, and that the reference platform has none of it.
 */
class ModesOfLoadersTest {
  private static final String NOWHERE = "nowhere";
  private static final String CREATED = "recovery system created and tried";
  private static final String ASKED = "reboot into the recovery system";
  private static final Set<String> UNDONE = Set.of(
      "recovery system created, it does not find the data", "remodel to another base, which panics");

  private static Exploration<?> explore(String gadget, String scenario, String points, Platform platform) {
    return explore(Bench.board(Bench.good(gadget)).board().device(Bench.scenario(scenario), platform, false), points);
  }

  private static Exploration<?> explore(String gadget, String scenario, String points) {
    return explore(gadget, scenario, points, Platform.SNAPD);
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device, String points) {
    return Bench.toTheEnd(CutsAt.of(device, points));
  }

  private static Set<String> violated(Exploration<?> found) {
    Set<String> ids = new TreeSet<>();
    found.findings().forEach(finding -> ids.add(finding.property() + " " + finding.why()));
    return ids;
  }

  private static Finding<?> first(Exploration<?> found, String words) {
    return found.findings().stream()
        .filter(f -> f.property().equals("NOBRICK") && f.why().contains(words)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"uboot-file-22, 9", "uboot-ext4-22, 9", "uboot-raw-22, 9", "piboot-22, 9", "lk-20, 3"})
  void withoutAnyFaultAllEndAsTheyShall(String gadget, int scenarios) {
    List<String> tried = new CoreSubject(Bench.board(Bench.good(gadget))).scenarios();
    List<String> modes =
        UbuntuCoreCatalogue.recovery().stream().map(CoreScenario::name).filter(tried::contains).toList();
    assertThat(modes).hasSize(scenarios);
    for (String scenario : modes) {
      Exploration<?> found = explore(gadget, scenario, NOWHERE);
      assertThat(violated(found)).as(scenario).isEmpty();
      assertThat(found.outcomes()).as(scenario).containsOnlyKeys(UNDONE.contains(scenario) ? Fate.OLD : Fate.NEW);
    }
  }

  /** With GRUB a recovery is one-shot; elsewhere it is the initramfs that asks for run mode, and it never runs. */
  @ParameterizedTest
  @ValueSource(strings = {"uboot-file-22", "uboot-raw-22", "piboot-22"})
  void aKernelThatPanicsInTheNewRecoverySystemIsStartedForEver(String gadget) {
    String scenario = "remodel to another kernel, which panics";
    Finding<?> loop = first(explore(gadget, scenario, NOWHERE), "reboots for ever: kernel revision 4 panics");
    assertThat(loop.plan().steps()).isEmpty();
    assertThat(Bench.scenario(scenario).unfit(Bench.board(Bench.good(gadget)).board())).contains("only GRUB");
    assertThat(explore("grub-managed-22", scenario, NOWHERE).outcomes()).containsOnlyKeys(Fate.OLD);
  }

  /** R8: what the new system consists of is not on the disk, and the boot loader is told to start it until it did. */
  @Test
  void withUbootOneCutLeavesADeviceThatStartsAMissingSystemForEver() {
    Exploration<?> found = explore("uboot-file-22", CREATED, "R8");
    assertThat(first(found, "the script resets the board").plan().steps()).hasSize(1);
    assertThat(first(found, "recovery system '20260401' is not whole").plan().steps()).hasSize(1);
    assertThat(violated(explore("uboot-file-22", CREATED, "R8", Platform.REFERENCE))).isEmpty();
  }

  /** The variables say run already, so config.txt, which says recover, is never written again. */
  @Test
  void onPibootOneCutLeavesADeviceThatRecoversForEver() {
    Exploration<?> found = explore("piboot-22", ASKED, "R.*");
    Finding<?> loop = first(found, "reboots for ever: a person leaves the recovery system");
    assertThat(loop.plan().steps().getLast().words()).contains("R10");
    assertThat(violated(explore("piboot-22", ASKED, "R.*", Platform.REFERENCE))).isEmpty();
  }

  @Test
  void onPibootOneCutLeavesADeviceThatInstallsItselfForEver() {
    String point = "7\\.7\\.mode\\.written";
    Exploration<?> found = explore("piboot-22", "installation", point);
    assertThat(first(found, "reboots for ever: install mode ends").plan().steps()).hasSize(1);
    assertThat(violated(explore("piboot-22", "installation", "7\\.7\\.mode.*", Platform.REFERENCE))).isEmpty();
  }

  /** P7: one of the two copies is whole after one cut; a second one, in another boot, can leave none. */
  @Test
  void onLkOneCutWhileTheModeIsWrittenDoesNoHarm() {
    Exploration<?> found = explore("lk-20", ASKED, "R.*");
    assertThat(violated(found)).singleElement().asString().contains("no boot selection with a good checksum");
    assertThat(found.findings()).allSatisfy(finding ->
        assertThat(finding.plan().steps().stream().filter(FaultPlan.Cut.class::isInstance)).hasSizeGreaterThan(1));
  }

  @Test
  void onLkNoRecoverySystemIsMade() {
    Exploration<?> found = explore("lk-20", CREATED, NOWHERE);
    assertThat(found.outcomes()).containsOnlyKeys(Fate.OLD);
    assertThat(found.nodes().settlement(0).observation().why())
        .contains("not supported for a runtime lk bootloader");
  }

  @ParameterizedTest
  @ValueSource(strings = {"u-boot", "piboot", "lk"})
  void anInstallationThatAsksForRunModeTooEarlyIsCaught(String loader) {
    UbuntuCoreFamily family = new UbuntuCoreFamily();
    Map<String, String> settings = Map.of("bootloader", loader, "platform", "reference");
    for (boolean twin : new boolean[] {true, false}) {
      Profile profile = Profile.of(family, "test", settings, twin ? Set.of("run-mode-before-installed") : Set.of());
      Exploration<?> found = explore(family.device(profile, "installation"), "K7(\\.folder|\\.image)");
      assertThat(found.findings().stream().anyMatch(f -> f.property().equals("NOBRICK"))).isEqualTo(twin);
    }
  }
}
