package dev.plugpull.sim.store.ostree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plugpull.sim.store.trust.Ed25519Key;
import dev.plugpull.sim.store.trust.Ed25519KeyRing;
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.PgpKeyRing;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException.Defect;
import dev.plugpull.sim.store.trust.TrustException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pulls from repositories of our own, good and tampered with. */
class OstreeRepositoryTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final PgpKey PGP =
      PgpKey.generate("a store <store@example.org>", 1024, THEN, Duration.ofDays(100), new SeededRandom(1));
  private static final Ed25519Key ED = Ed25519Key.of(new byte[] {1});
  private static final OstreeSigner BOTH = new OstreeSigner(List.of(PGP), List.of(ED));
  private static final OstreeEntry.Folder OLD = OstreeEntry.Folder.empty().with("usr/bin/hi", "hello\n")
      .with("usr/bin/lo", new OstreeEntry.Link("hi"));
  private static final OstreeEntry.Folder NEW = OLD.with("usr/bin/hi", "hello again\n");

  private static OstreeRepository repository(OstreeSigner signer) {
    OstreeRepository repository = new OstreeRepository();
    repository.commit("main", OLD, List.of(), "subject", THEN, signer);
    repository.summarise(List.of(), THEN, signer);
    return repository;
  }

  private static OstreeTrust trust(byte[] pgp, List<String> revoked) throws TrustException {
    return new OstreeTrust(Optional.of(PgpKeyRing.read(pgp)),
        Optional.of(Ed25519KeyRing.of(List.of(ED.publicLine()), revoked)), true, true, true);
  }

  private static OstreePull.Pulled pull(Map<String, byte[]> files, OstreeTrust trust, Instant now)
      throws TrustException {
    return new OstreePull(path -> Optional.ofNullable(files.get(path)), trust, now).pull("main", Optional.empty());
  }

  @Test
  void namesAreThoseOfTheRealTool() {
    OstreeRepository repository = repository(OstreeSigner.NOBODY);
    // Digests of the same tree and commit made by ostree 2022.7, but for the commit's body, which we leave out.
    assertThat(repository.files()).containsKeys(
        "objects/44/6a0ef11b7cc167f3b603e585c7eeeeb675faa412d5ec73f62988eb0b6c5488.dirmeta",
        "objects/44/f778e59f0a4748d6b0c90a47347212a231c4ad1e8f7ea5c5dffc7749153a6b.filez",
        "objects/87/59a20a6ca062f5ce17955356073a670ae170eddf7ff63a882518b8b79c2e9f.filez",
        "objects/cf/09b92efbf3e9b1048bad5f6a6c601c3598ecb1ba51ba8b0df440e5a474c484.dirtree");
  }

  @Test
  void aGoodRefArrivesWhole() throws Exception {
    OstreePull.Pulled pulled = pull(repository(BOTH).files(), trust(PGP.exported(), List.of()), NOW);
    assertThat(pulled.commit().subject()).isEqualTo("subject");
    OstreeEntry.Folder usr = (OstreeEntry.Folder) pulled.root().entries().get("usr");
    OstreeEntry.Folder bin = (OstreeEntry.Folder) usr.entries().get("bin");
    assertThat(((OstreeEntry.File) bin.entries().get("hi")).content()).asString().isEqualTo("hello\n");
    assertThat(bin.entries().get("lo")).isEqualTo(new OstreeEntry.Link("hi"));
  }

  @Test
  void noSingleFlippedBitIsTaken() throws Exception {
    OstreeRepository repository = repository(BOTH);
    OstreeTrust trust = trust(PGP.exported(), List.of());
    repository.files().forEach((path, bytes) -> {
      boolean read = path.startsWith("objects/") || path.startsWith("summary");
      for (int at = 0; read && at < bytes.length; at += Math.max(1, bytes.length / 40)) {
        TreeMap<String, byte[]> bad = new TreeMap<>(repository.files());
        byte[] changed = bytes.clone();
        changed[at] ^= 0x10;
        bad.put(path, changed);
        // Signatures carry parts that nobody signs; a flip there may only ever give the same tree.
        try {
          assertThat(pull(bad, trust, NOW).commit().bytes()).isEqualTo(
              pull(repository.files(), trust, NOW).commit().bytes());
          assertThat(path).as("offset %d", at).matches(".*(commitmeta|summary\\.sig|filez)");
        } catch (TrustException e) {
          assertThat(e).hasMessageStartingWith("cannot ");
        }
      }
    });
  }

  @Test
  void theCommitIsRefusedForTheReasonThatHolds() throws Exception {
    Map<String, byte[]> good = repository(BOTH).files();
    OstreeTrust trust = trust(PGP.exported(), List.of());
    refused(Defect.UNSIGNED, repository(OstreeSigner.NOBODY).files(), trust, NOW);
    refused(Defect.UNSIGNED, repository(OstreeSigner.of(ED)).files(), trust, NOW);
    refused(Defect.EXPIRED, good, trust, THEN.plus(Duration.ofDays(101)));
    refused(Defect.EXPIRED, good, trust, THEN.minusSeconds(1));
    refused(Defect.REVOKED_KEY, good, trust(PGP.revoked(THEN).exported(), List.of()), NOW);
    refused(Defect.REVOKED_KEY, good, trust(PGP.exported(), List.of(ED.publicLine())), NOW);
    PgpKey other = PgpKey.generate("other", 1024, THEN, Duration.ZERO, new SeededRandom(2));
    refused(Defect.UNKNOWN_KEY, good, trust(other.exported(), List.of()), NOW);
    refused(Defect.SIGNATURE, repository(new OstreeSigner(List.of(PGP), List.of(Ed25519Key.of(new byte[] {2}))))
        .files(), trust, NOW);
  }

  @Test
  void anOlderIndexAndAMixedOneAreRefused() throws Exception {
    OstreeRepository repository = repository(BOTH);
    OstreeRepository older = repository.copy();
    repository.commit("main", NEW, List.of(), "newer", NOW, BOTH);
    repository.summarise(List.of(), NOW, BOTH);
    OstreeTrust trust = trust(PGP.exported(), List.of());
    OstreePull.Pulled current = pull(repository.files(), trust, NOW);
    OstreePull replay = new OstreePull(path -> Optional.ofNullable(older.files().get(path)), trust, NOW);
    TrustException why = catchThrowableOfType(TrustException.class,
        () -> replay.pull("main", Optional.of(current.commit())));
    assertThat(why.defect()).isEqualTo(Defect.ROLLBACK);

    TreeMap<String, byte[]> mixed = new TreeMap<>(repository.files());
    mixed.put("summary.sig", older.files().get("summary.sig"));
    refused(Defect.SIGNATURE, mixed, trust, NOW);
    OstreeRepository beta = repository(BOTH);
    String commit = beta.commit("beta", NEW, List.of(), "of another ref", NOW, BOTH);
    beta.summarise(List.of(), NOW, BOTH);
    assertThat(commit).hasSize(64);
    assertThat(pull(beta.files(), trust, NOW).commit().subject()).isEqualTo("subject");
  }

  private static void refused(Defect defect, Map<String, byte[]> files, OstreeTrust trust, Instant now) {
    TrustException why = catchThrowableOfType(TrustException.class, () -> pull(files, trust, now));
    assertThat(why).as(defect.name()).isNotNull();
    assertThat(why.defect()).as(why.getMessage()).isEqualTo(defect);
  }
}
