package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recovery systems, remodel, installation and factory reset, from a clean device, with cuts at the named points of the
 * specification, any number of them: what holds, what does not, and that the broken twins are caught.
 */
class RecoverySystemTest {
  private static final UbuntuCoreFamily FAMILY = new UbuntuCoreFamily();
  private static final Map<String, String> SNAPD = Map.of();
  private static final Map<String, String> REFERENCE = Map.of("platform", "reference");
  private static final String CREATED = "recovery system created and tried";
  private static final String NOWHERE = "nowhere";

  private static Exploration<?> explore(String scenario, String points) {
    return explore(SNAPD, Set.of(), scenario, points);
  }

  private static Exploration<?> explore(
      Map<String, String> settings, Set<String> variants, String scenario, String points) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario), points);
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device, String points) {
    return Bench.toTheEnd(CutsAt.of(device, points));
  }

  private static Set<String> violated(Exploration<?> found) {
    Set<String> ids = new TreeSet<>();
    found.findings().forEach(finding -> ids.add(finding.property()));
    return ids;
  }

  private static Finding<?> first(Exploration<?> found, String property, String words) {
    return found.findings().stream()
        .filter(f -> f.property().equals(property) && f.why().contains(words)).findFirst().orElseThrow();
  }

  private static Set<String> reported(Exploration<?> found) {
    Set<String> reported = new TreeSet<>();
    for (int node = 0; node < found.nodes().size(); node++) {
      Settlement<?> end = found.nodes().settlement(node);
      reported.add(end.observation().change() + " " + end.observation().why());
    }
    return reported;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "recovery system created and tried | NEW",
    "recovery system created, it does not find the data | OLD",
    "remodel, the snaps stay | NEW",
    "remodel to another base | NEW",
    "remodel to another base, which panics | OLD",
    "remodel to another kernel, which panics | OLD",
    "installation | NEW",
    "factory reset | NEW"
  })
  void withoutAnyFaultAllEndAsTheyShall(String scenario, Fate fate) {
    Exploration<?> found = explore(scenario, NOWHERE);
    assertThat(violated(found)).isEmpty();
    assertThat(found.outcomes()).containsOnlyKeys(fate);
  }

  /** Section 4.7: the task is repeated, finds the folder, and undoes the whole change. */
  @Test
  void aCreationThatWasCutIsNeverTakenUpAgain() {
    Exploration<?> found = explore(CREATED, "R1");
    assertThat(violated(found)).isEmpty();
    assertThat(reported(found)).anyMatch(r -> r.startsWith("failed") && r.contains("already exists"));
    assertThat(explore(REFERENCE, Set.of(), CREATED, "R1").outcomes()).containsOnlyKeys(Fate.NEW);
  }

  /** R2: a blob that a cut left short is in no log when the folder with the log is lost, and taken for the snap. */
  @Test
  void aShortBlobThatNoLogNamesSpoilsEveryLaterSystem() {
    Exploration<?> found = explore(CREATED, "R2");
    Finding<?> next = first(found, "NEXT", "the next update ends old");
    assertThat(next.plan().steps()).hasSize(1);
    assertThat(next.plan().steps().getFirst().words()).contains("creation of /systems/20260401");
    assertThat(violated(explore(REFERENCE, Set.of(), CREATED, "R2"))).isEmpty();
  }

  /** The state keeps what an earlier trial of the same label found, when a cut comes before its removal is recorded. */
  @Test
  @Tag("differential")
  void aTrialOfBeforeCountsForASystemThatIsNotWhole() {
    Exploration<?> found = explore(CREATED, "R8\\.written|R1\\.undo\\.folder");
    assertThat(violated(found)).contains("ATOM", "TRUTH");
    assertThat(first(found, "TRUTH", "20260401 is reported").plan().steps()).hasSize(2);
  }

  /** snapd clears the loader's variables first and writes its state last. */
  @Test
  void aTrialThatWentWellIsForgottenBeforeItIsRecorded() {
    String points = "R11|R11\\.modeenv|P17\\.tried\\.(written|synced)";
    Exploration<?> found = explore(CREATED, points);
    assertThat(violated(found)).isEmpty();
    assertThat(reported(found)).anyMatch(r -> r.startsWith("failed cannot obtain tried recovery systems"));
    assertThat(explore(REFERENCE, Set.of(), CREATED, points).outcomes()).containsOnlyKeys(Fate.NEW);
  }

  /** H8 by its other writers; and it is no installation that comes of it, but one that cannot end. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "recovery system created and tried | R11.truncated",
    "recovery system created and tried | R12.truncated",
    "remodel, the snaps stay | R12.truncated",
    "factory reset | R8.truncated",
    "factory reset | F7.truncated",
    "installation | 7.7.mode.truncated"
  })
  void anEmptySeedEnvironmentStartsAnInstallationThatFails(String scenario, String point) {
    Exploration<?> found = explore(scenario, point.replace(".", "\\."));
    Finding<?> brick = first(found, "NOBRICK", "install mode fails: cannot read grubenv: it has 0 bytes");
    assertThat(brick.why()).endsWith("for good");
    assertThat(violated(explore(REFERENCE, Set.of(), scenario, point.replace(".", "\\.")))).isEmpty();
  }

  @Test
  void aSystemThatDoesNotFindTheDataIsTakenAway() {
    String scenario = "recovery system created, it does not find the data";
    Exploration<?> found = explore(scenario, "R10(\\.run)?|R11(\\.modeenv)?");
    assertThat(violated(found)).isEmpty();
    assertThat(found.outcomes()).containsOnlyKeys(Fate.OLD);
    Exploration<?> twin = explore(SNAPD, Set.of("recovery-trial-not-judged"), scenario, NOWHERE);
    assertThat(first(twin, "ROLLBACK", "new").plan().steps()).isEmpty();
  }

  /** Between any two of its writes the device is of one model or the other, and the change goes on. */
  @Test
  void aRemodelThatIsCutWhileTheModelIsSetGoesOn() {
    String points = "remodel.*|R12(\\.modeenv.*)?|P17\\.set-model.*|P17\\.done-set-model.*";
    Exploration<?> found = explore("remodel, the snaps stay", points);
    assertThat(violated(found)).isEmpty();
    assertThat(found.outcomes()).containsOnlyKeys(Fate.NEW);
    assertThat(found.counts().crashStates()).isGreaterThan(50);
  }

  @Test
  void aRemodelWhoseKernelPanicsInTheRecoverySystemChangesNothing() {
    Exploration<?> found = explore("remodel to another kernel, which panics", "R11(\\.modeenv.*)?|P17\\.tried.*");
    assertThat(violated(found)).isEmpty();
    assertThat(reported(found)).anyMatch(r -> r.startsWith("failed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"installation", "factory reset"})
  void whatIsCutBeforeTheLastWriteBeginsAnew(String scenario) {
    Exploration<?> found = explore(scenario, "7\\.7\\.(partitions|boot|save|data|traits.*|model|copy.*|modeenv.*)"
        + "|F[246].*|F8|seed\\..*|P17\\.seeded.*");
    assertThat(violated(found)).isEmpty();
    assertThat(found.outcomes()).containsOnlyKeys(Fate.NEW);
  }

  /** Section 7.7 says that no cut before the last write does harm; one after it does: nothing was synced. */
  @ParameterizedTest
  @CsvSource({"installation, 7\\.7\\.mode", "factory reset, F7"})
  void runModeIsAskedForBeforeTheKernelIsOnTheDisk(String scenario, String point) {
    Exploration<?> found = explore(scenario, point);
    Finding<?> brick = first(found, "NOBRICK", "needs a person");
    assertThat(brick.why()).endsWith("for good");
    assertThat(violated(explore(REFERENCE, Set.of(), scenario, point + "|7\\.7\\.logs"))).isEmpty();
  }

  @Test
  void anInstallationThatAsksForRunModeTooEarlyIsCaught() {
    Exploration<?> twin = explore(REFERENCE, Set.of("run-mode-before-installed"), "installation", "K7.*");
    assertThat(first(twin, "NOBRICK", "").plan().steps()).hasSize(1);
    assertThat(violated(explore(REFERENCE, Set.of(), "installation", "K7.*"))).isEmpty();
  }

  @Test
  void aFactoryResetKeepsWhoTheDeviceIs() {
    assertThat(first(explore(SNAPD, Set.of("reset-remakes-save"), "factory reset", NOWHERE), "DATA", "serial")
        .plan().steps()).isEmpty();
    Exploration<?> found = explore("factory reset", "F6.*|F8");
    for (int node = 0; node < found.nodes().size(); node++) {
      assertThat(found.nodes().settlement(node).observation().data()).containsEntry("the device's serial", "kept");
    }
  }
}
