package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Encrypted devices: the hazards of sealing, each reached from a clean device by cuts between the writes that matter,
 * any number of them, on a disk that keeps every write; when the device survives; and the broken and mended twins.
 */
class SealingHazardsTest {
  private static final Family FAMILY = Families.named("ubuntu-core", "test");
  private static final String GADGET = "gadget refresh, boot loaders change";
  private static final String GADGET_KILLED = "gadget refresh, boot loaders change, snapd killed anywhere";
  private static final String KERNEL = "kernel refresh";
  private static final String ASKS = "asks for the recovery key";
  private static final String RESEAL_AND_WRITE = "G4\\.[a-z-]+|G5b";
  private static final String TRY = "K1[3-8](\\.[a-z-]+)?";
  private static final String SUCCESS = "M[456](\\.[a-z-]+)?";

  private static UpdatingDevice<?> device(String scenario, String... said) {
    TreeMap<String, String> settings = new TreeMap<>(Map.of("storage-safety", "encrypted", "medium", "ideal"));
    Set<String> variants = new TreeSet<>();
    Arrays.stream(said).forEach(word -> {
      if (word.equals("reference")) {
        settings.put("platform", word);
      } else {
        variants.add(word);
      }
    });
    return FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario);
  }

  private static Exploration<?> explore(String points, String scenario, String... said) {
    return Bench.toTheEnd(CutsAt.of(device(scenario, said), points));
  }

  private static List<? extends Finding<?>> found(Exploration<?> exploration, String property, String words) {
    return exploration.findings().stream()
        .filter(f -> f.property().equals(property) && f.why().contains(words)).toList();
  }

  private static void survives(Exploration<?> exploration) {
    assertThat(exploration.findings()).isEmpty();
    assertThat(exploration.outcomes()).containsKey(Fate.NEW).doesNotContainKeys(Fate.BRICK, Fate.MIXED);
  }

  @Test
  @Tag("H13")
  void h13AKilledSnapdTakesRecordedChainsForSealedOnesAndTheNextBootAsksForTheRecoveryKey() {
    Exploration<?> killed = explore(RESEAL_AND_WRITE, GADGET_KILLED);
    Finding<?> asks = found(killed, "NOBRICK", ASKS).getFirst();
    assertThat(asks.plan().steps()).hasSize(1);
    assertThat(asks.plan().steps().getFirst().words()).contains("daemon killed at G4.");
    assertThat(killed.outcomes()).as("a cut before the first write heals it").containsOnlyKeys(Fate.NEW, Fate.BRICK);
    survives(explore(RESEAL_AND_WRITE, GADGET_KILLED, "reference"));
  }

  /** Without a kill: the old loaders still open the key, success trims the lists, and the repeated task seals anew. */
  @Test
  void h13IsHealedByEveryPowerCut() {
    assertThat(found(explore(RESEAL_AND_WRITE, GADGET), "NOBRICK", ASKS)).isEmpty();
  }

  /** A repeated link-snap lists its kernel twice: chains that differ from the recorded ones, so all is sealed anew. */
  @Test
  void h13DoesNotReachAKernelRefresh() {
    assertThat(found(explore(TRY, "kernel refresh, snapd killed anywhere"), "NOBRICK", ASKS)).isEmpty();
  }

  @Test
  void aCutWhileSuccessIsSealedLeavesKeysThatOpenForTheOldKernelToo() {
    List<? extends Finding<?>> wide = found(explore(SUCCESS, KERNEL), "ANTIRB", "kernel=4");
    assertThat(wide.getFirst().plan().steps()).hasSize(1);
    assertThat(wide.getFirst().plan().steps().getFirst().words()).contains("M5.boot-chains");
    survives(explore(SUCCESS, KERNEL, "reference"));
  }

  @Test
  void aCutWhileSuccessIsMarkedForgetsToRevokeTheKeysOfTheOldShim() {
    Finding<?> kept = found(explore(SUCCESS, GADGET), "ANTIRB", "not revoked").getFirst();
    assertThat(kept.plan().steps()).hasSize(1);
    assertThat(kept.plan().steps().getFirst().words()).contains("M4");
    survives(explore(SUCCESS, GADGET, "reference"));
  }

  @Test
  void keysSealedAfterTheLoadersWereWrittenAskForTheRecoveryKey() {
    Finding<?> asks =
        found(explore("G5[bc]", GADGET, "reference", "resealed-after-assets"), "NOBRICK", ASKS).getFirst();
    assertThat(asks.plan().steps()).hasSize(1);
    assertThat(asks.plan().steps().getFirst().words()).contains("G5b");
    survives(explore("G5[bc]", GADGET, "reference"));
  }

  @Test
  void keysSealedToTheNewKernelOnlyAskForTheRecoveryKey() {
    Finding<?> asks = found(explore(TRY, KERNEL, "reference", "reseal-forgets-old-kernel"), "NOBRICK", ASKS).getFirst();
    assertThat(asks.plan().steps()).hasSize(1);
    assertThat(asks.plan().steps().getFirst().words()).contains("K14");
    survives(explore(TRY, KERNEL, "reference"));
  }

  @Test
  void keysThatAreNeverTightenedOpenForTheOldKernelWithoutAnyCut() {
    Finding<?> wide = found(explore("none", KERNEL, "reference", "never-tightened"), "ANTIRB", "wider").getFirst();
    assertThat(wide.plan().steps()).isEmpty();
    survives(explore("none", KERNEL, "reference"));
  }

  @Test
  void thirtyTwoBootsInARowWithoutPowerLockTheTpmOutAndSnapdClearsTheCount() {
    String scenario = "power fails again and again, the TPM counts";
    Exploration<?> counted = explore(".*", scenario);
    assertThat(found(counted, "NOBRICK", "").getFirst().plan().steps()).hasSize(32)
        .allSatisfy(step -> assertThat(step.words()).contains("I5"));
    assertThat(found(counted, "BOUND", "")).isEmpty();
    Exploration<?> never = explore(".*", scenario, "lockout-never-cleared");
    assertThat(found(never, "BOUND", "").getFirst().plan().steps()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u-boot", "piboot", "lk"})
  void onlyGrubOfSeriesWithModesMeasuresWhatItStarts(String loader) {
    assertThatThrownBy(() -> Profile.of(FAMILY, "board.yaml",
        Map.of("storage-safety", "encrypted", "bootloader", loader), Set.of()))
        .isInstanceOf(UnreadableProfileException.class).hasMessageContaining("takes bootloader grub and series 20");
  }
}
