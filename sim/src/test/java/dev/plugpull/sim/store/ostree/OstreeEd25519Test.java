package dev.plugpull.sim.store.ostree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.gvariant.GVariant;
import dev.plugpull.sim.store.gvariant.GVariantReader;
import dev.plugpull.sim.store.trust.Ed25519Key;
import dev.plugpull.sim.store.trust.Ed25519KeyRing;
import dev.plugpull.sim.store.trust.Tool;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ed25519 signatures of commits, as far as Debian's tools go: its ostree is built without them, so that it reads what
 * we write and prints the signatures, and OpenSSL judges those, and signs for us.
 */
@Tag("differential")
class OstreeEd25519Test {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  /** A public key as OpenSSL reads it: this, then its 32 bytes (RFC 8410). */
  private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final Ed25519Key KEY = Ed25519Key.of(new byte[] {7, 5, 3});

  @TempDir
  private Path folder;

  @BeforeEach
  void needsTheTools() {
    Tool.require("ostree", "ostree");
    Tool.require("openssl", "openssl");
  }

  private Tool.Said run(boolean good, String... command) throws IOException, InterruptedException {
    Tool.Said said = Tool.run(folder, Map.of("OSTREE_DUMMY_SIGN_ENABLED", "1"), command);
    assertThat(said.exit() == 0).as(said.text()).isEqualTo(good);
    return said;
  }

  /** Writes a repository of ours with one signed commit, and its public key. */
  private String write(Ed25519Key... keys) throws IOException {
    OstreeRepository repository = new OstreeRepository();
    String commit = repository.commit("main", OstreeEntry.Folder.empty().with("a", "a"), List.of(), "one", THEN,
        new OstreeSigner(List.of(), List.of(keys)));
    for (var file : repository.files().entrySet()) {
      Path path = folder.resolve("ours").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    for (String part : List.of("tmp", "state", "extensions", "refs/remotes", "refs/mirrors")) {
      Files.createDirectories(folder.resolve("ours").resolve(part));
    }
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(PUBLIC);
    key.writeBytes(KEY.publicKey());
    Files.write(folder.resolve("public.der"), key.toByteArray());
    return commit;
  }

  private Path object(String commit, String kind) {
    return folder.resolve("ours/objects").resolve(commit.substring(0, 2)).resolve(commit.substring(2) + kind);
  }

  /** Arrays of bytes as ostree prints them. */
  private static List<byte[]> printed(String text) {
    return Pattern.compile("\\[byte ([^\\]]*)\\]|\\[(0x[^\\]]*)\\]").matcher(text).results()
        .map(array -> array.group(1) != null ? array.group(1) : array.group(2))
        .map(array -> HexFormat.of().parseHex(array.replaceAll("0x|, ", ""))).toList();
  }

  private boolean opensslVerifies(Path content) throws IOException, InterruptedException {
    return Tool.run(folder, Map.of(), "openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey",
        "public.der", "-rawin", "-in", content.toString(), "-sigfile", "signature").exit() == 0;
  }

  @Test
  void ostreeReadsOurSignaturesAndOpensslVerifiesThem() throws Exception {
    String commit = write(Ed25519Key.of(new byte[] {1}), KEY);
    List<byte[]> signatures = printed(run(true, "ostree", "--repo=ours", "show",
        "--print-detached-metadata-key=ostree.sign.ed25519", commit).text());
    assertThat(signatures).hasSize(2).allSatisfy(signature -> assertThat(signature).hasSize(64));
    Files.write(folder.resolve("signature"), signatures.getLast());
    assertThat(opensslVerifies(object(commit, ".commit"))).isTrue();
    byte[] changed = Files.readAllBytes(object(commit, ".commit"));
    changed[changed.length / 2] ^= 1;
    assertThat(opensslVerifies(Files.write(folder.resolve("changed"), changed))).isFalse();
    Files.write(folder.resolve("signature"), signatures.getFirst());
    assertThat(opensslVerifies(object(commit, ".commit"))).as("another key's").isFalse();
  }

  @Test
  void weVerifyWhatOpensslSigns() throws Exception {
    run(true, "openssl", "genpkey", "-algorithm", "ed25519", "-outform", "DER", "-out", "private.der");
    run(true, "openssl", "pkey", "-inform", "DER", "-in", "private.der", "-pubout", "-outform", "DER", "-out", "p.der");
    Path content = object(write(KEY), ".commit");
    run(true, "openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", "private.der", "-rawin", "-in",
        content.toString(), "-out", "signature");
    byte[] key = Files.readAllBytes(folder.resolve("p.der"));
    Ed25519KeyRing ring = Ed25519KeyRing.of(List.of(Base64.getEncoder().encodeToString(
        Arrays.copyOfRange(key, PUBLIC.length, key.length))), List.of());
    byte[] detached = new GVariant.Items("{sv}", List.of(GVariant.entry("ostree.sign.ed25519",
        new GVariant.Items("ay", List.of(GVariant.bytes(Files.readAllBytes(folder.resolve("signature")))))))).encode();
    OstreeTrust trust = new OstreeTrust(Optional.empty(), Optional.of(ring), true, true, true);
    byte[] commit = Files.readAllBytes(content);
    trust.checkCommit(commit, detached, THEN);
    commit[commit.length - 1] ^= 1;
    assertThatThrownBy(() -> trust.checkCommit(commit, detached, THEN)).isInstanceOf(TrustException.class);
  }

  /** What its {@code sign} command writes for the kind of signature that it has, ours writes for Ed25519. */
  @Test
  void theRealSignCommandKeepsSignaturesWhereWeDo() throws Exception {
    String commit = write(KEY);
    GVariant ours = GVariantReader.read("a{sv}", Files.readAllBytes(object(commit, ".commitmeta")));
    Files.delete(object(commit, ".commitmeta"));
    assertThat(run(false, "ostree", "--repo=ours", "sign", "--sign-type=ed25519", commit, KEY.secretLine()).text())
        .as("hold us against it, now that it can").contains("Requested signature type is not implemented");
    run(true, "ostree", "--repo=ours", "sign", "--sign-type=dummy", commit, "seal");
    GVariant theirs = GVariantReader.read("a{sv}", Files.readAllBytes(object(commit, ".commitmeta")));
    assertThat(theirs.lookup("ostree.sign.dummy")).isInstanceOf(GVariant.Items.class)
        .extracting(items -> ((GVariant.Items) items).elementType()).isEqualTo("ay")
        .isEqualTo(((GVariant.Items) ours.lookup("ostree.sign.ed25519")).elementType());
  }
}
