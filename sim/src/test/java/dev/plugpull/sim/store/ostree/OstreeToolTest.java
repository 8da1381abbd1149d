package dev.plugpull.sim.store.ostree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.PgpKeyRing;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real ostree reads what we write, and we read what it writes. */
@Tag("differential")
class OstreeToolTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final PgpKey KEY =
      PgpKey.generate("a store <store@example.org>", 2048, THEN, Duration.ZERO, new SeededRandom(5));

  @TempDir
  private Path folder;

  @BeforeEach
  void needsTheTool() {
    Tool.require("ostree", "ostree");
  }

  private String ostree(boolean good, String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "ostree";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Tool.Said said = Tool.run(folder, Map.of(), command);
    assertThat(said.exit() == 0).as(said.text()).isEqualTo(good);
    return said.text();
  }

  private void write(OstreeRepository repository, String name) throws IOException {
    for (var file : repository.files().entrySet()) {
      Path path = folder.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    for (String part : List.of("tmp", "state", "extensions", "refs/remotes", "refs/mirrors")) {
      Files.createDirectories(folder.resolve(name).resolve(part));
    }
  }

  @Test
  void theRealToolChecksAndPullsWhatWeWrite() throws Exception {
    OstreeRepository repository = new OstreeRepository();
    OstreeEntry.Folder root = OstreeEntry.Folder.empty().with("usr/bin/hi", "hello\n")
        .with("usr/bin/lo", new OstreeEntry.Link("hi")).with("usr/big", "0123456789\n".repeat(30_000))
        .with("usr/bin/run", new OstreeEntry.File(new byte[0], 0755)).with("var", OstreeEntry.Folder.empty());
    repository.commit("main", root, List.of(), "one", THEN, OstreeSigner.of(KEY));
    repository.summarise(List.of(), THEN, OstreeSigner.of(KEY));
    write(repository, "ours");
    ostree(true, "--repo=ours", "fsck");
    Files.write(folder.resolve("key.gpg"), KEY.exported());
    ostree(true, "--repo=theirs", "init", "--mode=bare-user");
    ostree(true, "--repo=theirs", "remote", "add", "--gpg-import=key.gpg", "--set=gpg-verify-summary=true", "ours",
        "file://" + folder.resolve("ours"));
    ostree(true, "--repo=theirs", "pull", "ours", "main");
    ostree(true, "--repo=theirs", "checkout", "-U", "ours:main", "out");
    assertThat(Files.readString(folder.resolve("out/usr/bin/hi"))).isEqualTo("hello\n");
    assertThat(Files.readSymbolicLink(folder.resolve("out/usr/bin/lo"))).hasToString("hi");
    assertThat(Files.size(folder.resolve("out/usr/big"))).isEqualTo(330_000);
    assertThat(ostree(true, "--repo=theirs", "show", "ours:main")).contains("Good signature");
  }

  @Test
  void theRealToolRefusesATamperedTwin() throws Exception {
    OstreeRepository repository = new OstreeRepository();
    repository.commit("main", OstreeEntry.Folder.empty().with("a", "a"), List.of(), "one", THEN, OstreeSigner.of(KEY));
    repository.summarise(List.of(), THEN, OstreeSigner.of(KEY));
    write(repository, "ours");
    Path summary = folder.resolve("ours/summary");
    byte[] bytes = Files.readAllBytes(summary);
    bytes[bytes.length / 2] ^= 1;
    Files.write(summary, bytes);
    Files.write(folder.resolve("key.gpg"), KEY.exported());
    ostree(true, "--repo=theirs", "init", "--mode=bare-user");
    ostree(true, "--repo=theirs", "remote", "add", "--gpg-import=key.gpg", "--set=gpg-verify-summary=true", "ours",
        "file://" + folder.resolve("ours"));
    ostree(false, "--repo=theirs", "pull", "ours", "main");
  }

  @Test
  void wePullWhatTheRealToolWrites() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/usr/share"));
    Files.writeString(tree.resolve("text"), "text");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("text"));
    ostree(true, "--repo=theirs", "init", "--mode=archive");
    ostree(true, "--repo=theirs", "commit", "-b", "main", "-s", "two", "--owner-uid=0", "--owner-gid=0",
        "--no-xattrs", "--timestamp=2026-01-01 00:00:00 +0000", "tree");
    ostree(true, "--repo=theirs", "summary", "-u");
    OstreeTrust trust = new OstreeTrust(Optional.empty(), Optional.empty(), false, false, true);
    OstreePull.Pulled pulled = new OstreePull(this::theirs, trust, THEN).pull("main", Optional.empty());
    assertThat(pulled.commit().subject()).isEqualTo("two");
    OstreeRepository ours = new OstreeRepository();
    String again = ours.commit("main", pulled.root(), List.of(), "two", THEN, OstreeSigner.NOBODY);
    assertThat(again).isEqualTo(pulled.commit().checksum());
    OstreeTrust unsigned =
        new OstreeTrust(Optional.of(PgpKeyRing.read(KEY.exported())), Optional.empty(), true, true, true);
    org.assertj.core.api.Assertions.assertThatThrownBy(
        () -> new OstreePull(this::theirs, unsigned, THEN).pull("main", Optional.empty()))
        .hasMessageContaining("no signatures");
  }

  private Optional<byte[]> theirs(String path) {
    try {
      Path file = folder.resolve("theirs").resolve(path);
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
