package dev.plugpull.scenarios.microos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.crash.CrashLimits;
import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.explore.SingleCuts;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.SettlingWalk;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicroOsFamilyTest {
  private static final MicroOsFamily FAMILY = new MicroOsFamily();

  private static Exploration<?> explore(Map<String, String> settings, Set<String> variants, String scenario) {
    return explore(FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario));
  }

  private static <S> Exploration<S> explore(UpdatingDevice<S> device) {
    // A twin may be broken in many ways: enough is known when the search has seen this much.
    return new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT.withWorkUnits(1500)).explore();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "update", "update, new system is unhealthy", "update, new initramfs ends in an emergency",
      "update, then rolled back by hand", "update, transactional-update killed anywhere",
      "update, user reboots or switches off anywhere", "update, reset button anywhere",
      "update, disk full anywhere and freed later", "update asked for once, killed anywhere",
      "update after fourteen months without power"})
  void theRealSystemKeepsTheContract(String scenario) {
    Exploration<?> result = explore(Map.of(), Set.of(), scenario);
    assertThat(result.complete()).as("%s", result.notLookedAt()).isTrue();
    assertThat(result.findings()).isEmpty();
    assertThat(result.counts().boundedWindows()).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "default-set-first|update|ATOM",
      "root-left-writable|update|RO",
      "script-writes-var|update|ISO",
      "success-told-at-set-default|update|DURAB",
      "emergency-hook-off|update, new initramfs ends in an emergency|NOBRICK",
      "health-checker-not-wanted|update, new system is unhealthy|ROLLBACK",
      "keys-rotated-late|update after fourteen months without power|CONV",
      "exit-trap-armed|update asked for once, killed anywhere|CONV"})
  void aDepartureIsFoundOut(String variant, String scenario, String property) {
    Exploration<?> result = explore(Map.of(), Set.of(variant), scenario);
    assertThat(result.findings().stream().map(Finding::property)).contains(property);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "update|done|2", "update, new kernel panics|failed|1", "update, new system is unhealthy|failed|1",
      "update, then rolled back by hand|done|2"})
  void withBootEntriesADeviceEndsAsItsReleaseDeserves(String scenario, String change, String kernel) {
    for (String loader : List.of("systemd-boot", "systemd-boot-loader-conf")) {
      Replayed<?> alone = new Replay<>(
          FAMILY.device(Profile.of(FAMILY, "test", Map.of("bootloader", loader), Set.of()), scenario),
          Judgement::of).check(FaultPlan.NOTHING);
      assertThat(alone.violations()).as("%s, %s", loader, scenario).isEmpty();
      Observation seen = alone.settlement().observation();
      assertThat(seen.change() + " " + seen.running().get("kernel")).isEqualTo(change + " " + kernel);
    }
  }

  /** How the device ends after each state that one cut at a point of the first boot can leave. */
  private static <S> Set<String> endings(UpdatingDevice<S> device, String at) {
    return endings(device, device.start(), at);
  }

  private static <S> Set<String> endings(UpdatingDevice<S> device, S start, String at) {
    List<S> states = new ArrayList<>();
    new SingleCuts<S>(CrashLimits.DEFAULT, (number, point, content, state) -> {
      if (point.equals(at)) {
        states.add(state);
      }
    }).of(device, start);
    Set<String> endings = new TreeSet<>();
    for (S state : states) {
      Settlement<S> end = new SettlingWalk<>(device, new Deaf<>()).settle(state, false);
      endings.add(end.settled() ? end.observation().change() + " " + end.observation().why() : "stuck: " + end.why());
    }
    return endings;
  }

  /** As {@link #endings(UpdatingDevice, String)}, of the boot after an orderly reboot. */
  private static <S> Set<String> endingsOfSecondBoot(UpdatingDevice<S> device, String at) {
    S second = switch (device.boot(device.start(), new Deaf<>())) {
      case BootEnd.Restart<S> restart -> restart.next();
      case BootEnd.Settled<S> settled -> throw new AssertionError("settles in its first boot");
      case BootEnd.Stuck<S> stuck -> throw new AssertionError("stuck: " + stuck.why());
    };
    return endings(device, second, at);
  }

  /** A cut while the reference copy of /etc is being removed: the next merge compares with what is left of it. */
  @Test
  void aCutWhileTheReferenceOfEtcIsRemovedEndsInAnEmergency() {
    Map<String, String> said = Map.of("bootloader", "systemd-boot", "entry-tries", "3");
    assertThat(endingsOfSecondBoot(FAMILY.device(Profile.of(FAMILY, "test", said, Set.of()), "update"), "S2"))
        .anyMatch(end -> end.startsWith("stuck: emergency shell"));
  }

  private static Set<String> endings(String at, String tries, String... variants) {
    Map<String, String> said = Map.of("bootloader", "systemd-boot", "entry-tries", tries);
    return endings(FAMILY.device(Profile.of(FAMILY, "test", said, Set.of(variants)), "update"), at);
  }

  /** Hazard M2: what a cut has left of a kernel on the EFI partition is reused for its name. */
  @Test
  void aTruncatedKernelIsReusedForItsName() {
    assertThat(endings("E1", "3")).anyMatch(end -> end.startsWith("waiting") && end.contains("made of the same files"));
    assertThat(endings("E1", "none")).anyMatch(end -> end.startsWith("stuck") && end.contains("is not whole"));
    assertThat(endings("E1", "3", "boot-files-compared")).containsExactly("done ");
  }

  @Test
  void anInterruptedMergeOfEtcLosesConfiguration() {
    String scenario = "update, configuration edited before the reboot";
    Exploration<?> real = explore(Map.of(), Set.of(), scenario);
    assertThat(real.shortest("DATA").plan().steps()).hasSize(1);
    assertThat(real.shortest("DATA").plan().steps().getFirst().words()).contains("S1.truncated");
    assertThat(explore(Map.of(), Set.of("etc-merged-by-rename"), scenario).findings()).isEmpty();
  }

  /** GRUB starts the good system once and leaves the default as it is: every second start is of the bad one. */
  @Test
  void aPanickingKernelIsTriedAtEveryStart() {
    Exploration<?> result = explore(Map.of(), Set.of(), "update, new kernel panics");
    assertThat(result.shortest("NOBRICK").plan().steps()).isEmpty();
    assertThat(result.findings().stream().map(Finding::property).distinct()).isEqualTo(List.of("NOBRICK"));
  }
}
