package dev.plugpull.scenarios.ubuntucore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes of the snapd snap and of apps, explored to the fixpoint from a clean device: what holds, and what not. */
class SnapRefreshTest {
  private static final UbuntuCoreFamily FAMILY = new UbuntuCoreFamily();
  private static final Map<String, String> REFERENCE = Map.of("platform", "reference");

  private static Exploration<?> explore(String scenario) {
    return explore(Map.of(), Set.of(), scenario);
  }

  private static Exploration<?> explore(Map<String, String> settings, Set<String> variants, String scenario) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario));
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device) {
    Exploration<S> found = new Explorer<>(device, Judgement::<S>of, ExplorationBounds.DEFAULT).explore();
    assertThat(found.complete()).isTrue();
    return found;
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

  /** What the settled histories report. */
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
    "snapd refresh | NEW",
    "snapd refresh, new snapd ends at once | OLD",
    "snapd refresh, new snapd starts and fails its first task | OLD",
    "app refresh | NEW",
    "app refresh of a parallel instance | NEW",
    "app refresh, the old app's hook before it fails | OLD",
    "app refresh, the hook after it fails | OLD",
    "app refresh, the new service does not start | OLD",
    "app refresh, the configure hook fails | OLD",
    "app refresh, the health check fails | OLD"
  })
  void keepsTheContractWhereverPowerFails(String scenario, Fate fate) {
    Exploration<?> found = explore(scenario);
    assertThat(violated(found)).isEmpty();
    assertThat(found.outcomes()).containsKey(fate);
    assertThat(found.outcomes().keySet()).isSubsetOf(fate, Fate.OLD);
    assertThat(found.counts().crashStates()).isGreaterThan(1000);
  }

  /** S8, at every point of it: the handler's link, the undo by the snapd before, the restart into its own units. */
  @Test
  void aSnapdThatEndsAtOnceIsRolledBackByTheFailureHandler() {
    Exploration<?> found = explore("snapd refresh, new snapd ends at once");
    assertThat(found.crashMap().rows()).anyMatch(row -> row.point().startsWith("S8"));
    assertThat(reported(found)).anyMatch(r -> r.contains("snapd rollback across the restart"))
        .allMatch(r -> r.startsWith("failed"));
  }

  @Test
  void aSnapdThatNeverBecomesReadyIsNeverGivenUp() {
    String scenario = "snapd refresh, new snapd never becomes ready";
    Exploration<?> found = explore(scenario);
    assertThat(violated(found)).containsExactlyInAnyOrder("ROLLBACK", "CONV", "NEXT");
    Finding<?> stuck = first(found, "ROLLBACK", "stuck");
    assertThat(stuck.plan().steps()).isEmpty();
    assertThat(stuck.settlement().observation().outcome()).isEqualTo(Outcome.STUCK);
    assertThat(stuck.settlement().settled()).as("the device runs, and so do its apps").isTrue();
    assertThat(stuck.settlement().observation().running()).containsEntry("neighbour", "3");
    assertThat(violated(explore(REFERENCE, Set.of(), scenario))).isEmpty();
  }

  /** The repeated link-snap finds its units written, so systemd never hears of them, and starts the old snapd again. */
  @Test
  void aSnapdThatIsKilledBeforeItsUnitsAreLoadedReportsAnUpdateThatDoesNotRun() {
    String scenario = "bad snapd, snapd killed anywhere";
    Exploration<?> found = explore(scenario);
    assertThat(violated(found)).containsExactlyInAnyOrder("ATOM", "DURAB", "ROLLBACK", "TRUTH");
    Finding<?> told = first(found, "TRUTH", "snapd 4 is reported");
    assertThat(told.plan().steps()).hasSize(1);
    assertThat(told.plan().steps().getFirst().words()).contains("daemon killed at S3");
    assertThat(violated(explore(REFERENCE, Set.of(), scenario))).isEmpty();
  }

  /** H1: the blob is short after validate-snap was recorded; a later task finds it not mounted, and all is undone. */
  @ParameterizedTest
  @ValueSource(strings = {"snapd refresh by a difference", "app refresh by a difference"})
  void aBlobMadeFromADifferenceIsLostAndTheUpdateFailsAndTheDeviceSurvives(String scenario) {
    Exploration<?> found = explore(scenario);
    assertThat(violated(found)).isEmpty();
    assertThat(reported(found)).anyMatch(r -> r.contains("is not mounted"));
    assertThat(reported(explore(REFERENCE, Set.of(), scenario))).noneMatch(r -> r.contains("is not mounted"));
  }

  /** H6: what the reverted revision had written, trashed by the refresh to it, is lost when that one is undone. */
  @Test
  void dataOfARevertedRevisionIsLostIfItsNextRefreshIsCutAndUndone() {
    String scenario = "app refresh, reverted, refreshed again and undone";
    Exploration<?> found = explore(scenario);
    assertThat(violated(found)).containsExactly("DATA");
    Finding<?> lost = first(found, "DATA", "data of device-app 4 is lost");
    assertThat(lost.plan().steps()).hasSize(3);
    assertThat(lost.plan().steps().getLast().words()).contains("K11");
    assertThat(lost.settlement().observation().running()).containsEntry("app", "3");
    assertThat(lost.settlement().observation().data()).containsEntry("device-app 3", "kept");
    assertThat(violated(explore(REFERENCE, Set.of(), scenario))).isEmpty();
  }

  @Test
  void aRevertKeepsTheDataOfBothRevisionsAndTheNextRefreshCopiesTheOlderOne() {
    Exploration<?> found = explore("app refresh, reverted, refreshed again");
    assertThat(violated(found)).isEmpty();
    assertThat(reported(found)).contains("done reverted", "done ");
  }

  @Test
  void aRunningAppHoldsItsRefreshUntilSomebodyClosesIt() {
    Exploration<?> found = explore("app refresh, the app runs until somebody closes it");
    assertThat(violated(found)).isEmpty();
    assertThat(reported(found)).contains("waiting ", "done ");
    assertThat(found.outcomes()).containsKeys(Fate.OLD, Fate.NEW);
  }

  /** ISO fails where it must: the broken twin looks for the data of an instance where that of the snap lies. */
  @Test
  void anInstanceKeyThatIsIgnoredChangesTheOtherInstance() {
    String scenario = "app refresh of a parallel instance";
    Finding<?> foreign = first(explore(Map.of(), Set.of("instance-key-ignored"), scenario), "ISO", "belong");
    assertThat(foreign.plan().steps()).isEmpty();
    assertThat(violated(explore("app refresh, snapd killed anywhere"))).isEmpty();
  }

  /** Undo must write, too: on a full disk the app stays unlinked, and snapd's units stay of two revisions. */
  @ParameterizedTest
  @ValueSource(strings = {"snapd", "app"})
  void aFullDiskLeavesAMixture(String snap) {
    Exploration<?> found = explore(snap + " refresh, disk full anywhere and freed later");
    assertThat(violated(found)).containsExactly("ATOM");
    assertThat(first(found, "ATOM", snap + "=0").plan().steps().getFirst().words()).contains("disk full");
    assertThat(found.outcomes()).containsKeys(Fate.OLD, Fate.NEW, Fate.MIXED);
  }

  @Test
  void ubuntuCore16HasNoSnapdSnapAndGadgetsHaveNoPartInEither() {
    List<String> names = FAMILY.scenarios(Profile.of(FAMILY, "test", Map.of("series", "16"), Set.of()));
    assertThat(names).contains("app refresh").noneMatch(name -> name.startsWith("snapd refresh"));
    assertThat(UbuntuCoreCatalogue.all()).noneMatch(s -> s.name().startsWith("app") || s.name().startsWith("snapd"));
  }
}
