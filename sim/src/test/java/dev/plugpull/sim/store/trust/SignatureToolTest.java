package dev.plugpull.sim.store.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GnuPG and OpenSSL judge what we sign, and we judge what they sign: the verdicts are the same. */
@Tag("differential")
class SignatureToolTest {

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] CONTENT = "a summary\n".getBytes(StandardCharsets.UTF_8);
  /** What OpenSSL writes before the 32 bytes of an Ed25519 key: secret, public. */
  private static final byte[] SECRET_HEAD = HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] PUBLIC_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  @TempDir
  private Path folder;

  @BeforeEach
  void needsTheTools() throws IOException {
    Tool.require("gpg", "gnupg");
    Tool.require("openssl", "openssl");
    Files.write(folder.resolve("content"), CONTENT);
  }

  private Tool.Said gpg(String day, String... arguments) throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("home"));
    String[] command = new String[arguments.length + 7];
    System.arraycopy(new String[] {"gpg", "--homedir", "home", "--batch", "--faked-system-time", day + "T120000!",
        "--status-fd=1"}, 0, command, 0, 7);
    System.arraycopy(arguments, 0, command, 7, arguments.length);
    return Tool.run(folder, Map.of("GNUPGHOME", folder.resolve("home").toString()), command);
  }

  /** One row a moment and a history: what GnuPG says, and the reason for which we refuse. */
  @ParameterizedTest
  @CsvSource({"20260110, false, false, GOODSIG, ''", "20260110, true, false, BADSIG, SIGNATURE",
      "20260110, false, true, REVKEYSIG, REVOKED_KEY", "20260310, false, false, EXPKEYSIG, EXPIRED",
      "20260125, false, false, EXPSIG, EXPIRED"})
  void ofTheSameSignatureGnupgSaysTheSame(String day, boolean tampered, boolean revoked, String said, String defect)
      throws Exception {
    PgpKey key = PgpKey.generate("a store <store@example.org>", 2048, MADE, Duration.ofDays(60), new SeededRandom(9));
    byte[] signature = key.sign(CONTENT, MADE.plus(Duration.ofDays(1)), Duration.ofDays(20));
    if (said.equals("EXPKEYSIG")) {
      signature = key.sign(CONTENT, MADE.plus(Duration.ofDays(1)));
    }
    PgpKey known = revoked ? key.revoked(MADE.plus(Duration.ofDays(2))) : key;
    byte[] content = tampered ? "another summary\n".getBytes(StandardCharsets.UTF_8) : CONTENT;
    Files.write(folder.resolve("key"), known.exported());
    Files.write(folder.resolve("signature"), signature);
    Files.write(folder.resolve("content"), content);
    assertThat(gpg(day, "--import", "key").exit()).isZero();
    assertThat(gpg(day, "--verify", "signature", "content").text()).contains("[GNUPG:] " + said);
    Instant now = Instant.parse(day.substring(0, 4) + "-" + day.substring(4, 6) + "-" + day.substring(6)
        + "T12:00:00Z");
    PgpKeyRing ring = PgpKeyRing.read(known.exported());
    List<byte[]> signatures = List.of(signature);
    if (defect.isEmpty()) {
      ring.check(content, signatures, now);
    } else {
      assertThatThrownBy(() -> ring.check(content, signatures, now)).isInstanceOfSatisfying(TrustException.class,
          refused -> assertThat(refused.defect()).hasToString(defect));
    }
  }

  @Test
  void weBelieveWhatGnupgSigns() throws Exception {
    Tool.Said made = gpg("20260101", "--passphrase", "", "--quick-generate-key", "theirs <them@example.org>", "rsa2048",
        "sign", "60d");
    assertThat(made.exit()).as(made.text()).isZero();
    assertThat(gpg("20260102", "--output", "theirs", "--export").exit()).isZero();
    assertThat(gpg("20260102", "--output", "content.sig", "--detach-sign", "content").exit()).isZero();
    PgpKeyRing ring = PgpKeyRing.read(Files.readAllBytes(folder.resolve("theirs")));
    List<byte[]> signatures = List.of(Files.readAllBytes(folder.resolve("content.sig")));
    assertThatCode(() -> ring.check(CONTENT, signatures, MADE.plus(Duration.ofDays(9)))).doesNotThrowAnyException();
    assertThatThrownBy(() -> ring.check(new byte[1], signatures, MADE.plus(Duration.ofDays(9))))
        .isInstanceOf(TrustException.class);
    assertThatThrownBy(() -> ring.check(CONTENT, signatures, MADE.plus(Duration.ofDays(90))))
        .isInstanceOf(TrustException.class);
  }

  private static String pem(String what, byte[] head, byte[] key) {
    byte[] whole = Arrays.copyOf(head, head.length + key.length);
    System.arraycopy(key, 0, whole, head.length, key.length);
    return "-----BEGIN " + what + "-----\n" + Base64.getEncoder().encodeToString(whole) + "\n-----END " + what
        + "-----\n";
  }

  @Test
  void opensslAndWeBelieveTheSameEd25519Signatures() throws Exception {
    byte[] seed = new byte[32];
    new SeededRandom(4).nextBytes(seed);
    Ed25519Key key = Ed25519Key.of(seed);
    Files.writeString(folder.resolve("public"), pem("PUBLIC KEY", PUBLIC_HEAD, key.publicKey()));
    Files.writeString(folder.resolve("secret"), pem("PRIVATE KEY", SECRET_HEAD, seed));
    Files.write(folder.resolve("signature"), key.sign(CONTENT));
    String[] verify = {"openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "public", "-rawin", "-in", "content",
        "-sigfile", "signature"};
    Tool.Said said = Tool.run(folder, Map.of(), verify);
    assertThat(said.exit()).as(said.text()).isZero();
    Tool.Said signed = Tool.run(folder, Map.of(), "openssl", "pkeyutl", "-sign", "-inkey", "secret", "-rawin", "-in",
        "content", "-out", "theirs");
    assertThat(signed.exit()).as(signed.text()).isZero();
    List<byte[]> theirs = List.of(Files.readAllBytes(folder.resolve("theirs")));
    Ed25519KeyRing ring = Ed25519KeyRing.of(List.of(key.publicLine()), List.of());
    ring.check(CONTENT, theirs);
    assertThatThrownBy(() -> ring.check(new byte[1], theirs)).isInstanceOf(TrustException.class);
    Files.write(folder.resolve("content"), new byte[1]);
    assertThat(Tool.run(folder, Map.of(), verify).exit()).isNotZero();
  }
}
