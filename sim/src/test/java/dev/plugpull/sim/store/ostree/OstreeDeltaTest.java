package dev.plugpull.sim.store.ostree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.PgpKeyRing;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Static deltas of our own, and broken ones: what comes by a delta is what comes object by object, or nothing. */
class OstreeDeltaTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final PgpKey KEY =
      PgpKey.generate("a store <store@example.org>", 2048, THEN, Duration.ZERO, new SeededRandom(5));
  private static final OstreeSigner SIGNER = OstreeSigner.of(KEY);

  private final OstreeRepository repository = new OstreeRepository();
  private String one;
  private String two;
  private OstreePull.Pulled current;

  static OstreeEntry.Folder tree(String text) {
    return OstreeEntry.Folder.empty().with("usr/bin/hi", text)
        .with("usr/big", "0123456789\n".repeat(3000) + text + "9876543210\n".repeat(3000))
        .with("usr/link", new OstreeEntry.Link(text)).with("usr/same", "same")
        .with("usr/" + text + "/run", new OstreeEntry.File(new byte[0], 0755));
  }

  @BeforeEach
  void publishes() throws TrustException {
    one = repository.commit("main", tree("one"), List.of(), "one", THEN, SIGNER);
    repository.summarise(List.of(), THEN, SIGNER);
    current = pull(repository).pull("main", Optional.empty());
    two = repository.commit("main", tree("two"), List.of(), "two", THEN.plusSeconds(9), SIGNER);
    repository.delta(one, two, THEN);
    repository.summarise(List.of(), THEN.plusSeconds(9), SIGNER);
  }

  private static OstreePull pull(OstreeRepository repository) throws TrustException {
    OstreeTrust trust =
        new OstreeTrust(Optional.of(PgpKeyRing.read(KEY.exported())), Optional.empty(), true, true, true);
    return new OstreePull(repository::file, trust, THEN.plusSeconds(99));
  }

  private OstreePull pullOf(TreeMap<String, byte[]> files, Set<String> asked) throws TrustException {
    OstreeTrust trust =
        new OstreeTrust(Optional.of(PgpKeyRing.read(KEY.exported())), Optional.empty(), true, true, true);
    return new OstreePull(path -> {
      asked.add(path);
      return Optional.ofNullable(files.get(path));
    }, trust, THEN.plusSeconds(99));
  }

  @Test
  void aDeltaMakesWhatTheObjectsMake() throws Exception {
    Set<String> asked = new HashSet<>();
    OstreePull.Pulled pulled = pullOf(new TreeMap<>(repository.files()), asked).pull("main", current);
    assertThat(pulled.commit().checksum()).isEqualTo(two);
    assertThat(OstreeRepository.objects(pulled.root()).keySet())
        .isEqualTo(OstreeRepository.objects(tree("two")).keySet());
    assertThat(asked).as("nothing but the delta is fetched").containsExactlyInAnyOrder("summary", "summary.sig",
        OstreeDelta.path(one, two, "superblock"), OstreeDelta.path(one, two, "0"));
    assertThat(repository.file(OstreeDelta.path(one, two, "0")).orElseThrow().length)
        .as("the large file is made of the old one").isLessThan(800);
  }

  @Test
  void withoutItsFilesThePullIsObjectByObject() throws Exception {
    TreeMap<String, byte[]> files = new TreeMap<>(repository.files());
    files.remove(OstreeDelta.path(one, two, "superblock"));
    assertThat(pullOf(files, new HashSet<>()).pull("main", current).commit().checksum()).isEqualTo(two);
  }

  @Test
  void aFlippedBitOrACutAnywhereIsRefused() throws Exception {
    for (String file : List.of("superblock", "0")) {
      String path = OstreeDelta.path(one, two, file);
      byte[] whole = repository.file(path).orElseThrow();
      for (int at = 0; at < whole.length; at += 7) {
        TreeMap<String, byte[]> files = new TreeMap<>(repository.files());
        byte[] bad = whole.clone();
        bad[at] ^= (byte) (1 << at % 8);
        files.put(path, bad);
        OstreePull flipped = pullOf(files, new HashSet<>());
        assertThatThrownBy(() -> flipped.pull("main", current)).isInstanceOf(TrustException.class);
        TreeMap<String, byte[]> shorter = new TreeMap<>(repository.files());
        shorter.put(path, Arrays.copyOf(whole, at));
        OstreePull cut = pullOf(shorter, new HashSet<>());
        assertThatThrownBy(() -> cut.pull("main", current)).isInstanceOf(TrustException.class);
      }
    }
  }

  /** What guards behind the digests: each byte of the part is changed, and the part named by its new digest. */
  @Test
  void behindTheDigestsNothingIsBelievedEither() throws Exception {
    OstreeDelta delta = OstreeDelta.read(repository.file(OstreeDelta.path(one, two, "superblock")).orElseThrow());
    byte[] packed = repository.file(OstreeDelta.path(one, two, "0")).orElseThrow();
    byte[] plain = OstreeDeltaReader.unpacked(packed);
    TreeMap<String, byte[]> expected = new TreeMap<>(OstreeDeltaReader.apply(delta.parts().getFirst(), packed,
        digest -> Optional.ofNullable(OstreeRepository.contents(current.root()).get(digest))));
    SortedMap<String, byte[]> contents = OstreeRepository.contents(current.root());
    int refused = 0;
    for (int at = 0; at < plain.length; at++) {
      byte[] bad = new byte[plain.length + 1];
      System.arraycopy(plain, 0, bad, 1, plain.length);
      bad[at + 1] ^= (byte) (1 << at % 8);
      OstreeDelta.Part part = new OstreeDelta.Part(
          Digests.hex(Digests.sha256(bad)),
          Optional.empty(), delta.parts().getFirst().objects());
      try {
        TreeMap<String, byte[]> made = new TreeMap<>(OstreeDeltaReader.apply(part, bad,
            digest -> Optional.ofNullable(contents.get(digest))));
        made.forEach((path, object) -> assertThat(object).isEqualTo(expected.get(path)));
      } catch (TrustException _) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(plain.length / 2);
  }

  @Test
  void aDeltaFromScratchIsListedUnderItsTarget() throws Exception {
    repository.delta("", two, THEN);
    String path = OstreeDelta.path("", two, "superblock");
    OstreeDelta delta = OstreeDelta.read(repository.file(path).orElseThrow());
    assertThat(delta.from()).isEmpty();
    byte[] part = repository.file(OstreeDelta.path("", two, "0")).orElseThrow();
    assertThat(OstreeDeltaReader.apply(delta.parts().getFirst(), part, digest -> Optional.empty()).keySet())
        .isEqualTo(OstreeRepository.objects(tree("two")).keySet());
  }
}
