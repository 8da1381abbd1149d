package dev.plugpull.scenarios.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.hostile.StoreFaults;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Deltas of snaps, good ones and such as do not fit, under every fault with every power cut. */
class DeltaDownloadTest {

  static Stream<String> faults() {
    return StoreFaults.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theCarefulClientHolds(String fault) {
    holds("fitting", "refresh under " + fault);
  }

  @ParameterizedTest
  @CsvSource({"fitting, refresh", "unfit, refresh", "unfit, refresh under mixed-up"})
  void holds(String deltas, String scenario) {
    DownloadFamilyTest.holds(Map.of("deltas", deltas), scenario);
  }

  /** One row a mistake: what it is, which deltas the store has, under which fault it shows, and what it violates. */
  @ParameterizedTest
  @CsvSource({
      "delta-trusted, unfit, '', INTEG",
      "delta-kept, fitting, '', INTEG",
      "delta-only, unfit, '', CONV",
      "delta-not-synced, fitting, '', INTEG",
      "no-digest-check, fitting, bit-flipped, INTEG",
      "ignores-revocation, fitting, content-revoked, ANTIRB"
  })
  void theCarelessClientIsFoundOut(String variant, String deltas, String fault, String property) {
    assertThat(DownloadFamilyTest.violated(Map.of("deltas", deltas), variant, fault)).contains(property);
  }
}
