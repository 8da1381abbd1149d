package dev.plugpull.scenarios.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.scenarios.family.Profile;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pulls of an OSTree ref by static deltas, under every fault with every power cut. */
class PullTest {

  private static final DownloadFamily FAMILY = new DownloadFamily();

  static Stream<String> scenarios() {
    return FAMILY.scenarios(Profile.of(FAMILY, "test", Map.of("store", "ostree"), Set.of())).stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theCarefulClientHolds(String scenario) {
    holds("fitting", scenario);
  }

  @ParameterizedTest
  @CsvSource({"none, refresh", "none, refresh under mixed-up", "unfit, refresh"})
  void holds(String deltas, String scenario) {
    DownloadFamilyTest.holds(Map.of("store", "ostree", "deltas", deltas), scenario);
  }

  /** One row a mistake: what it is, which deltas the store has, under which fault it shows, and what it violates. */
  @ParameterizedTest
  @CsvSource({
      "delta-only, unfit, '', CONV",
      "not-synced, fitting, '', INTEG",
      "partial-taken, fitting, '', INTEG",
      "resumed-is-trusted, fitting, '', INTEG",
      "trusts-the-answer, none, signature-broken, INTEG",
      "takes-older, fitting, rolled-back, ANTIRB",
      "ignores-key-end, fitting, key-revoked, INTEG",
      "first-key-only, fitting, key-rotated, NEXT"
  })
  void theCarelessClientIsFoundOut(String variant, String deltas, String fault, String property) {
    assertThat(DownloadFamilyTest.violated(Map.of("store", "ostree", "deltas", deltas), variant, fault))
        .contains(property);
  }

  @Test
  void nobodyTakesACommitBack() {
    assertThat(scenarios()).contains("refresh under rolled-back").doesNotContain("refresh under content-revoked");
  }

  @Test
  void mistakesOfOtherClientsAreNamed() {
    Profile profile = Profile.of(FAMILY, "test", Map.of("store", "ostree"), Set.of("size-only", "not-synced"));
    assertThat(FAMILY.assumptions(profile)).anyMatch(line -> line.endsWith("they change nothing: [size-only]"));
  }
}
