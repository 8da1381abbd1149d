package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Signs with keys of our own and judges the result at different moments and with different roots. */
class AssertionSigningTest {

  private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");
  private static final byte[] NONE = {};
  private static final SigningKey ROOT = key(1);
  private static final SigningKey BRAND = key(2);

  @Test
  void aChainEndsAtItsRoot() throws Exception {
    Verdict verdict = verifier(Optional.of(NOW), brandKey(0, "")).verify(model("brand", BRAND));
    assertThat(verdict.verifies()).as(verdict.why()).isEqualTo(Verdict.Verifies.YES);
    assertThat(verdict.anchoredAt()).isEqualTo("root " + ROOT.id().substring(0, 10));
  }

  @Test
  void aSelfSignedKeyOfNobodyIsNoRoot() throws Exception {
    KeyRing ring = new KeyRing();
    ring.add(rootKey(), false);
    ring.add(brandKey(0, ""), false);
    assertThat(new ChainVerifier(ring, Optional.empty()).verify(model("brand", BRAND)).verifies())
        .isEqualTo(Verdict.Verifies.NO_KEY);
  }

  @Test
  void aNewerRevisionRevokesTheKey() throws Exception {
    ChainVerifier revoked = verifier(Optional.of(NOW), brandKey(0, ""), brandKey(1, "2020-01-01T00:00:00Z"));
    assertThat(revoked.verify(model("brand", BRAND)).why()).contains("its key is not valid at");
  }

  @Test
  void beforeSinceTheKeyIsNotValid() throws Exception {
    ChainVerifier early = verifier(Optional.of(Instant.parse("2019-12-31T23:59:59Z")), brandKey(0, ""));
    assertThat(early.verify(model("brand", BRAND)).verifies()).isEqualTo(Verdict.Verifies.NO);
  }

  @Test
  void aModelOfAnotherBrandIsRefused() throws Exception {
    assertThat(verifier(Optional.empty(), brandKey(0, "")).verify(model("other", BRAND)).why())
        .contains("is not its brand-id");
  }

  @Test
  void onlyATrustedAccountSignsAccounts() throws Exception {
    Assertion account = AssertionSigner.sign(headers("type", "account", "authority-id", "brand", "account-id", "x",
        "display-name", "X", "validation", "unproven", "timestamp", "2024-01-01T00:00:00Z"), NONE, BRAND, NOW);
    assertThat(verifier(Optional.empty(), brandKey(0, "")).verify(account).why()).contains("trusted account");
  }

  @Test
  void anUnknownTypeIsCarriedAndItsSignatureJudged() throws Exception {
    Assertion unknown = AssertionSigner.sign(headers("type", "moon-phase", "authority-id", "brand", "phase", "full"),
        "body\n\nwith a blank line".getBytes(StandardCharsets.UTF_8), BRAND, NOW);
    assertThat(AssertionStream.decode(unknown.encoded()).assertions()).containsExactly(unknown);
    assertThat(unknown.type()).isEmpty();
    assertThat(verifier(Optional.empty(), brandKey(0, "")).verify(unknown).verifies())
        .isEqualTo(Verdict.Verifies.YES);
  }

  @Test
  void everyFlippedBitOfTheContentIsRefused() throws Exception {
    Assertion good = model("brand", BRAND);
    byte[] content = good.content();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      byte[] bad = content.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> BRAND.publicKey().verify(bad, good.signature()))
          .isInstanceOf(AssertionException.class);
    }
  }

  @Test
  void signingTwiceGivesTheSameBytesAndThePemSurvives() throws Exception {
    SigningKey again = SigningKey.fromPem(BRAND.toPem());
    assertThat(model("brand", again).encoded()).isEqualTo(model("brand", BRAND).encoded());
    assertThat(VerificationKey.decode(again.publicKey().encoded()).id()).isEqualTo(BRAND.id()).hasSize(64);
  }

  private static ChainVerifier verifier(Optional<Instant> at, Assertion... keys) throws AssertionException {
    KeyRing ring = new KeyRing();
    ring.add(rootKey(), true);
    for (Assertion key : keys) {
      ring.add(key, false);
    }
    return new ChainVerifier(ring, at);
  }

  private static Assertion model(String brand, SigningKey key) throws AssertionException {
    return AssertionSigner.sign(headers("type", "model", "authority-id", "brand", "series", "16", "brand-id", brand,
        "model", "m", "architecture", "amd64", "gadget", "pc", "kernel", "pc-kernel", "timestamp",
        "2024-01-01T00:00:00Z"), NONE, key, NOW);
  }

  private static Assertion rootKey() throws AssertionException {
    return accountKey(ROOT, "root-account", 0, "");
  }

  private static Assertion brandKey(int revision, String until) throws AssertionException {
    return accountKey(BRAND, "brand", revision, until);
  }

  private static Assertion accountKey(SigningKey key, String owner, int revision, String until)
      throws AssertionException {
    Map<String, HeaderValue> headers = headers("type", "account-key", "authority-id", "root-account",
        "public-key-sha3-384", key.id(), "account-id", owner, "name", "default", "revision",
        Integer.toString(revision), "since", "2020-01-01T00:00:00Z");
    if (!until.isEmpty()) {
      headers.put("until", HeaderValue.of(until));
    }
    return AssertionSigner.sign(headers, key.publicKey().encoded(), ROOT, NOW);
  }

  private static Map<String, HeaderValue> headers(String... pairs) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.put(pairs[i], HeaderValue.of(pairs[i + 1]));
    }
    return headers;
  }

  private static SigningKey key(long seed) {
    SplittableRandom numbers = new SplittableRandom(seed);
    SecureRandom fixed = new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        numbers.nextBytes(bytes);
      }
    };
    try {
      return SigningKey.generate(1024, fixed);
    } catch (AssertionException e) {
      throw new IllegalStateException(e);
    }
  }
}
