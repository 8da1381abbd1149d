package dev.plugpull.scenarios.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.store.hostile.StoreFaults;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of network and trust with every power cut: the careful client holds, each careless one is found out. */
class DownloadFamilyTest {

  private static final DownloadFamily FAMILY = new DownloadFamily();

  static Exploration<?> explore(Map<String, String> settings, Set<String> variants, String scenario) {
    return search(FAMILY.device(Profile.of(FAMILY, "test", settings, variants), scenario));
  }

  private static <S> Exploration<S> search(UpdatingDevice<S> device) {
    return new Explorer<>(device, Judgement::of, ExplorationBounds.DEFAULT).explore();
  }

  static Stream<String> scenarios() {
    return FAMILY.scenarios(Profile.standard(FAMILY)).stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void theCarefulClientHolds(String scenario) {
    holds(Map.of(), scenario);
  }

  /** The careful client under one scenario, explored to its end. */
  static void holds(Map<String, String> settings, String scenario) {
    Exploration<?> found = explore(settings, Set.of(), scenario);
    assertThat(found.findings()).as(told(found)).isEmpty();
    assertThat(found.complete()).as("%s", found.notLookedAt()).isTrue();
    assertThat(found.counts().boundedWindows()).isZero();
  }

  /** One row a mistake: what it is, under which fault it shows, and what it violates. */
  @ParameterizedTest
  @CsvSource({
      "no-digest-check, truncated, INTEG",
      "no-digest-check, bit-flipped, INTEG",
      "no-digest-check, duplicated, INTEG",
      "no-digest-check, reset-body, INTEG",
      "no-digest-check, reset-last-byte, INTEG",
      "no-digest-check, too-short, INTEG",
      "no-digest-check, captive-portal, INTEG",
      "announced-length, too-long, INTEG",
      "size-only, bit-flipped, INTEG",
      "size-only, content-swapped, INTEG",
      "resumed-is-trusted, bit-flipped, INTEG",
      "bad-partial-kept, bit-flipped, CONV",
      "bad-partial-kept, duplicated, CONV",
      "waits-for-ever, stalled, BOUND",
      "no-least-speed, slow, BOUND",
      "retries-at-once, refused-429, BOUND",
      "retries-at-once, refused-503, BOUND",
      "retries-at-once, unreachable, BOUND",
      "blocks-after-failure, unreachable, CONV",
      "blocks-after-failure, reset-header, CONV",
      "trusts-the-answer, signature-broken, INTEG",
      "no-cross-check, mixed-up, INTEG",
      "takes-older, rolled-back, ANTIRB",
      "asks-once, frozen, CONV",
      "ignores-key-end, key-revoked, INTEG",
      "ignores-key-end, key-expired, INTEG",
      "first-key-only, key-rotated, NEXT",
      "first-key-only, offline-for-a-year, NEXT",
      "ignores-revocation, content-revoked, ANTIRB",
      "revocation-not-stored, content-revoked, ANTIRB",
      "clock-believed, clock-lost, NEXT",
      "clock-believed, clock-back, NEXT",
      "latest-clock-kept, clock-forward, NEXT",
      "not-synced, '', INTEG",
      "linked-before-check, bit-flipped, INTEG"
  })
  void theCarelessClientIsFoundOut(String variant, String fault, String property) {
    assertThat(violated(Map.of(), variant, fault)).contains(property);
  }

  /** Properties that a client with one mistake violates under a fault; without one, if the word is empty. */
  static Set<String> violated(Map<String, String> settings, String variant, String fault) {
    String scenario = fault.isEmpty() ? "refresh" : "refresh under " + fault;
    Exploration<?> found = explore(settings, Set.of(variant), scenario);
    return new TreeSet<>(found.findings().stream().map(Finding::property).toList());
  }

  /** One column of a table of mistakes. */
  private static Set<String> column(Class<?> table, int index) {
    CsvSource rows = Stream.of(table.getDeclaredMethods())
        .filter(method -> method.getName().equals("theCarelessClientIsFoundOut")).findFirst().orElseThrow()
        .getAnnotation(CsvSource.class);
    return new TreeSet<>(Stream.of(rows.value()).map(row -> row.split(",")[index].strip()).toList());
  }

  @Test
  void everyVariantHasARow() {
    Set<String> tried = column(DownloadFamilyTest.class, 0);
    tried.addAll(column(DeltaDownloadTest.class, 0));
    tried.addAll(column(PullTest.class, 0));
    assertThat(tried).isEqualTo(FAMILY.variants().keySet());
  }

  /** The fixed twin is the careful client, which meets every fault; each fault finds out somebody. */
  @Test
  void everyFaultHasABrokenTwinAboveAndAFixedOne() {
    assertThat(column(DownloadFamilyTest.class, 1)).containsAll(StoreFaults.all().keySet());
    assertThat(scenarios()).containsAll(
        StoreFaults.all().keySet().stream().map(word -> "refresh under " + word).toList());
    assertThat(column(DownloadFamilyTest.class, 2)).doesNotContain("", "''");
  }

  @Test
  void aPolicyOfKeepingKeepsAndStillInstallsNothingRevoked() {
    Map<String, String> keep = Map.of("when-revoked", "keep");
    Exploration<?> found = explore(keep, Set.of(), "refresh under content-revoked");
    assertThat(found.findings()).as(told(found)).isEmpty();
    assertThat(violated(keep, "ignores-revocation", "content-revoked")).contains("ANTIRB");
  }

  /** The twin of the reductions: every difference of the file system counts, and nothing else comes out. */
  @ParameterizedTest
  @CsvSource({"refresh, ''", "refresh under bit-flipped, ''", "refresh under bit-flipped, resumed-is-trusted",
      "refresh under content-revoked, ''", "refresh, not-synced"})
  void withoutReductionsTheSameComesOut(String scenario, String variant) {
    Set<String> variants = variant.isEmpty() ? Set.of() : Set.of(variant);
    UpdatingDevice<?> device = FAMILY.device(Profile.of(FAMILY, "test", Map.of(), variants), scenario);
    Exploration<?> reduced = search(device);
    Exploration<?> whole = search(new Unreduced<>(device));
    assertThat(whole.counts().durableStates()).isGreaterThanOrEqualTo(reduced.counts().durableStates());
    assertThat(whole.complete()).isTrue();
    assertThat(whole.findings().stream().map(finding -> finding.property() + finding.why()).sorted().toList())
        .isEqualTo(reduced.findings().stream().map(finding -> finding.property() + finding.why()).sorted().toList());
    assertThat(whole.outcomes().keySet()).isEqualTo(reduced.outcomes().keySet());
  }

  static String told(Exploration<?> found) {
    StringBuilder text = new StringBuilder(found.counts() + "\n");
    found.findings().forEach(finding ->
        text.append(finding.property()).append(": ").append(finding.why()).append("\n").append(finding.plan())
            .append('\n'));
    return text.toString();
  }
}
