package dev.plugpull.sim.store.ostree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.PgpKeyRing;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private void commitTheirs(String text) throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/usr/share/" + text)).resolve("..");
    byte[] noise = new byte[300_000];
    new SeededRandom(4).nextBytes(noise);
    Files.write(tree.resolve("large"), (text + "\n").getBytes(StandardCharsets.UTF_8));
    Files.write(tree.resolve("large"), noise, StandardOpenOption.APPEND);
    byte[] other = new byte[1_300_000];
    new SeededRandom(text.length() + text.charAt(0)).nextBytes(other);
    Files.write(tree.resolve("noise-" + text), other);
    Files.writeString(tree.resolve("text"), "the same line of text\n".repeat(90) + text + "\nan end\n".repeat(90));
    Files.writeString(tree.resolve("new-" + text), text);
    Files.deleteIfExists(tree.resolve("link"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of(text));
    ostree(true, "--repo=theirs", "commit", "-b", "main", "-s", text, "--owner-uid=0", "--owner-gid=0", "--no-xattrs",
        "--timestamp=2026-01-01 00:00:00 +0000", "tree");
  }

  /** Its deltas in all the forms it knows: by rolling checksums, by bsdiff, in its superblock, from the other order. */
  @ParameterizedTest
  @CsvSource({"'', r", "--disable-bsdiff, r", "--inline, r", "--swap-endianness, r", "--min-fallback-size=1, fallback",
      "--empty, S"})
  void weApplyWhatTheRealToolGenerates(String option, String way) throws Exception {
    ostree(true, "--repo=theirs", "init", "--mode=archive");
    commitTheirs("one");
    ostree(true, "--repo=theirs", "summary", "-u");
    OstreeTrust trust = new OstreeTrust(Optional.empty(), Optional.empty(), false, false, true);
    OstreePull.Pulled one = new OstreePull(this::theirs, trust, THEN).pull("main", Optional.empty());
    commitTheirs("two");
    String two = ostree(true, "--repo=theirs", "rev-parse", "main").strip();
    List<String> generate = new ArrayList<>(List.of("--repo=theirs", "static-delta", "generate", "--to=" + two));
    if (!option.equals("--empty")) {
      generate.add("--from=" + one.commit().checksum());
    }
    if (!option.isEmpty()) {
      generate.add(option);
    }
    ostree(true, generate.toArray(String[]::new));
    ostree(true, "--repo=theirs", "summary", "-u");
    OstreePull.Pulled whole = new OstreePull(this::theirs, trust, THEN).pull("main", Optional.empty());
    Set<String> asked = new TreeSet<>();
    OstreePull pull = new OstreePull(path -> {
      asked.add(path);
      return theirs(path);
    }, trust, THEN);
    String from = option.equals("--empty") ? "" : one.commit().checksum();
    OstreePull.Pulled pulled = from.isEmpty() ? pull.pullFromScratch("main") : pull.pull("main", one);
    assertThat(pulled.commit().checksum()).isEqualTo(two);
    assertThat(OstreeRepository.objects(pulled.root()).keySet())
        .isEqualTo(OstreeRepository.objects(whole.root()).keySet());
    assertThat(asked).as("by the delta").contains(OstreeDelta.path(from, two, "superblock"))
        .noneMatch(path -> path.endsWith(".dirtree"));
    assertThat(asked.stream().anyMatch(path -> path.endsWith(".filez"))).isEqualTo(way.equals("fallback"));
  }

  @Test
  void theRealToolAppliesOurDelta() throws Exception {
    OstreeRepository repository = new OstreeRepository();
    String one = repository.commit("main", OstreeDeltaTest.tree("one"), List.of(), "one", THEN, OstreeSigner.of(KEY));
    write(repository, "ours");
    ostree(true, "--repo=theirs", "init", "--mode=bare-user");
    ostree(true, "--repo=theirs", "pull-local", "ours");
    String two = repository.commit("main", OstreeDeltaTest.tree("two"), List.of(), "two", THEN, OstreeSigner.of(KEY));
    repository.delta(one, two, THEN);
    write(repository, "ours");
    ostree(true, "--repo=ours", "static-delta", "show", one + "-" + two);
    Path delta = folder.resolve("ours").resolve(OstreeDelta.path(one, two, "superblock")).getParent();
    ostree(true, "--repo=theirs", "static-delta", "apply-offline", delta.toString());
    ostree(true, "--repo=theirs", "fsck");
    ostree(true, "--repo=theirs", "checkout", "-U", two, "out");
    assertThat(Files.readString(folder.resolve("out/usr/big"))).contains("9\ntwo9");
    Path part = delta.resolve("0");
    byte[] bad = Files.readAllBytes(part);
    bad[bad.length / 2] ^= 1;
    Files.write(part, bad);
    ostree(true, "--repo=fresh", "init", "--mode=bare-user");
    ostree(false, "--repo=fresh", "static-delta", "apply-offline", delta.toString());
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
