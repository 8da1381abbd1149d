package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.conformance.http.RealClient.Said;
import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.flatpak.FlatpakRef;
import dev.plugpull.sim.store.flatpak.FlatpakRepository;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.ostree.OstreeEntry;
import dev.plugpull.sim.store.ostree.OstreeRepository;
import dev.plugpull.sim.store.ostree.OstreeSigner;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's own clients against our stores, honest and not. */
@Tag("vm")
class RealClientsTest {

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final PgpKey KEY =
      PgpKey.generate("a store <store@example.org>", 2048, THEN, Duration.ZERO, new SeededRandom(5));
  private static final OstreeSigner SIGNER = OstreeSigner.of(KEY);

  @TempDir
  private Path folder;

  private Said run(String... command) throws IOException, InterruptedException {
    Map<String, String> places = Map.of("XDG_DATA_HOME", folder.resolve("data").toString(), "FLATPAK_USER_DIR",
        folder.resolve("flatpak").toString());
    return new RealClient(folder, places).run(command[0], command);
  }

  private void good(String... command) throws IOException, InterruptedException {
    Said said = run(command);
    assertThat(said.exit()).as(said.text()).isZero();
  }

  private void bad(String... command) throws IOException, InterruptedException {
    Said said = run(command);
    assertThat(said.exit()).as(said.text()).isNotZero();
  }

  private static StoreServer serve(StoreFace face, StoreFace older, String... faults) throws IOException {
    HostileStore store =
        new HostileStore(face, new HostileStore.Knowledge(older, older, UnaryOperator.identity()));
    return StoreServer.start(store, List.of(faults).stream().map(FaultWindow::read).toList(), Limits.STANDARD,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static OstreeEntry.Folder tree(String text) {
    return OstreeEntry.Folder.empty().with("usr/bin/hi", text).with("usr/big", (text + "\n").repeat(20_000))
        .with("usr/lo", new OstreeEntry.Link("big"));
  }

  private static StoreFace face(OstreeRepository repository) {
    return new FileFace(repository::file);
  }

  private void remote(StoreServer server) throws IOException, InterruptedException {
    Files.write(folder.resolve("key.gpg"), KEY.exported());
    good("ostree", "--repo=repo", "init", "--mode=bare-user");
    good("ostree", "--repo=repo", "remote", "add", "--gpg-import=key.gpg", "--set=gpg-verify-summary=true", "r",
        server.base());
  }

  @Test
  void ostreePullsAndUpdates() throws Exception {
    OstreeRepository repository = new OstreeRepository();
    repository.commit("main", tree("one"), List.of(), "one", THEN, SIGNER);
    repository.summarise(List.of(), THEN, SIGNER);
    try (StoreServer server = serve(face(repository), face(repository))) {
      remote(server);
      good("ostree", "--repo=repo", "pull", "r", "main");
      String two = repository.commit("main", tree("two"), List.of(), "two", THEN.plusSeconds(9), SIGNER);
      repository.summarise(List.of(), THEN.plusSeconds(9), SIGNER);
      good("ostree", "--repo=repo", "pull", "r", "main");
      assertThat(run("ostree", "--repo=repo", "rev-parse", "r:main").text().strip()).isEqualTo(two);
      good("ostree", "--repo=repo", "fsck");
      good("ostree", "--repo=repo", "checkout", "-U", "r:main", "out");
      assertThat(Files.readString(folder.resolve("out/usr/bin/hi"))).isEqualTo("two");
    }
  }

  /** Whatever strikes, the ref names nothing that is not whole, and an honest pull afterwards succeeds. */
  @ParameterizedTest
  @ValueSource(strings = {
      "truncated", "bit-flipped", "duplicated", "reset-header", "reset-body", "too-short", "captive-portal",
      "refused-503", "content-swapped", "signature-broken"
  })
  void ostreeRefusesWhatIsNotWholeAndRecovers(String fault) throws Exception {
    OstreeRepository repository = new OstreeRepository();
    String commit = repository.commit("main", tree("one"), List.of(), "one", THEN, SIGNER);
    repository.summarise(List.of(), THEN, SIGNER);
    try (StoreServer lying = serve(face(repository), face(repository), fault)) {
      remote(lying);
      bad("ostree", "--repo=repo", "pull", "--http-header=X=y", "r", "main");
      bad("ostree", "--repo=repo", "rev-parse", "r:main");
    }
    try (StoreServer honest = serve(face(repository), face(repository))) {
      good("ostree", "--repo=repo", "pull", "--url=" + honest.base(), "r", "main");
      assertThat(run("ostree", "--repo=repo", "rev-parse", "r:main").text().strip()).isEqualTo(commit);
      good("ostree", "--repo=repo", "fsck");
    }
  }

  /** A repository whose second commit is also there as a static delta, and nothing else of it. */
  private static OstreeRepository withDelta(OstreeRepository repository) throws TrustException {
    String one = repository.head("main").orElseThrow();
    String two = repository.commit("main", tree("two"), List.of(), "two", THEN.plusSeconds(9), SIGNER);
    repository.delta(one, two, THEN);
    repository.summarise(List.of(), THEN.plusSeconds(9), SIGNER);
    return repository;
  }

  /** Whatever strikes the delta, the ref names what it named, and an honest pull by the delta succeeds. */
  @ParameterizedTest
  @ValueSource(strings = {
      "", "truncated", "bit-flipped", "reset-header", "too-long", "captive-portal", "content-swapped"
  })
  void ostreePullsByOurStaticDelta(String fault) throws Exception {
    OstreeRepository repository = new OstreeRepository();
    String one = repository.commit("main", tree("one"), List.of(), "one", THEN, SIGNER);
    repository.summarise(List.of(), THEN, SIGNER);
    try (StoreServer server = serve(face(repository), face(repository))) {
      remote(server);
      good("ostree", "--repo=repo", "pull", "r", "main");
    }
    withDelta(repository);
    if (!fault.isEmpty()) {
      try (StoreServer lying = serve(face(repository), face(repository), fault + "@4-")) {
        bad("ostree", "--repo=repo", "pull", "--require-static-deltas", "--url=" + lying.base(), "r", "main");
        assertThat(run("ostree", "--repo=repo", "rev-parse", "r:main").text().strip()).isEqualTo(one);
      }
    }
    List<String> asked = new CopyOnWriteArrayList<>();
    StoreFace watched = request -> {
      asked.add(request.path().orElse(""));
      return face(repository).answer(request);
    };
    try (StoreServer server = serve(watched, watched)) {
      good("ostree", "--repo=repo", "pull", "--require-static-deltas", "--url=" + server.base(), "r", "main");
    }
    assertThat(asked).anyMatch(path -> path.startsWith("/deltas/") && path.endsWith("/0"));
    // The client walks the commit while it applies the parts, and asks for what the walk does not find yet.
    assertThat(asked).as("the commit comes by the delta").noneMatch(path -> path.endsWith(".commit"));
    good("ostree", "--repo=repo", "fsck");
    good("ostree", "--repo=repo", "checkout", "-U", "r:main", "out");
    assertThat(Files.readString(folder.resolve("out/usr/bin/hi"))).isEqualTo("two");
  }

  @Test
  void ostreeRefusesAnOlderCommitWhenAsked() throws Exception {
    OstreeRepository repository = new OstreeRepository();
    repository.commit("main", tree("one"), List.of(), "one", THEN, SIGNER);
    repository.summarise(List.of(), THEN, SIGNER);
    OstreeRepository older = repository.copy();
    repository.commit("main", tree("two"), List.of(), "two", THEN.plusSeconds(9), SIGNER);
    repository.summarise(List.of(), THEN.plusSeconds(9), SIGNER);
    try (StoreServer server = serve(face(repository), face(older))) {
      remote(server);
      good("ostree", "--repo=repo", "pull", "r", "main");
    }
    try (StoreServer replaying = serve(face(repository), face(older), "rolled-back")) {
      Said said = run("ostree", "--repo=repo", "pull", "--timestamp-check", "--url=" + replaying.base(), "r", "main");
      assertThat(said.exit()).as(said.text()).isNotZero();
    }
  }

  @Test
  void flatpakInstallsAndUpdates() throws Exception {
    FlatpakRepository repository = new FlatpakRepository(SIGNER);
    FlatpakRef runtime = FlatpakRef.runtime("org.example.Platform", "x86_64", "1");
    FlatpakRef app = FlatpakRef.app("org.example.Hello", "x86_64", "stable", "org.example.Platform/x86_64/1");
    repository.publish(runtime, OstreeEntry.Folder.empty().with("bin/sh", "sh"), THEN);
    repository.publish(app, OstreeEntry.Folder.empty().with("bin/run", "one"), THEN);
    FileFace face = new FileFace(path -> repository.ostree().file(path));
    Files.write(folder.resolve("key.gpg"), KEY.exported());
    try (StoreServer server = serve(face, face)) {
      good("flatpak", "--user", "remote-add", "--gpg-import=key.gpg", "ex", server.base() + "/");
      good("flatpak", "--user", "install", "-y", "--noninteractive", "ex", "org.example.Hello");
      Path active = folder.resolve("flatpak/app/org.example.Hello/x86_64/stable/active/files/bin/run");
      assertThat(Files.readString(active)).isEqualTo("one");
      repository.publish(app, OstreeEntry.Folder.empty().with("bin/run", "two"), THEN.plusSeconds(9));
      good("flatpak", "--user", "update", "-y", "--noninteractive");
      assertThat(Files.readString(active)).isEqualTo("two");
    }
    FlatpakRepository stranger = new FlatpakRepository(OstreeSigner.of(
        PgpKey.generate("somebody else", 2048, THEN, Duration.ZERO, new SeededRandom(6))));
    stranger.publish(app, OstreeEntry.Folder.empty().with("bin/run", "evil"), THEN.plusSeconds(20));
    FileFace foreign = new FileFace(path -> stranger.ostree().file(path));
    try (StoreServer lying = serve(foreign, foreign)) {
      good("flatpak", "--user", "remote-modify", "--url=" + lying.base() + "/", "ex");
      Said said = run("flatpak", "--user", "update", "-y", "--noninteractive");
      Path active = folder.resolve("flatpak/app/org.example.Hello/x86_64/stable/active/files/bin/run");
      assertThat(Files.readString(active)).as(said.text()).isEqualTo("two");
    }
  }

  /** Whatever strikes an update, what runs is whole, the old or the new one, and an honest update succeeds. */
  @ParameterizedTest
  @ValueSource(strings = {
      "truncated", "bit-flipped", "reset-header", "too-long", "captive-portal", "content-swapped", "signature-broken"
  })
  void flatpakInstallsAndUpdatesUnderFaults(String fault) throws Exception {
    FlatpakRepository repository = new FlatpakRepository(SIGNER);
    FlatpakRef runtime = FlatpakRef.runtime("org.example.Platform", "x86_64", "1");
    FlatpakRef app = FlatpakRef.app("org.example.Hello", "x86_64", "stable", "org.example.Platform/x86_64/1");
    repository.publish(runtime, OstreeEntry.Folder.empty().with("bin/sh", "sh"), THEN);
    repository.publish(app, OstreeEntry.Folder.empty().with("bin/run", "one"), THEN);
    FileFace face = new FileFace(path -> repository.ostree().file(path));
    Files.write(folder.resolve("key.gpg"), KEY.exported());
    Path active = folder.resolve("flatpak/app/org.example.Hello/x86_64/stable/active/files/bin/run");
    try (StoreServer server = serve(face, face); StoreServer lying = serve(face, face, fault)) {
      good("flatpak", "--user", "remote-add", "--gpg-import=key.gpg", "ex", server.base() + "/");
      good("flatpak", "--user", "remote-modify", "--url=" + lying.base() + "/", "ex");
      bad("flatpak", "--user", "install", "-y", "--noninteractive", "ex", "org.example.Hello");
      assertThat(active).doesNotExist();
      assertThat(lying.requests()).as("the fault struck").isPositive();
      good("flatpak", "--user", "remote-modify", "--url=" + server.base() + "/", "ex");
      good("flatpak", "--user", "install", "-y", "--noninteractive", "ex", "org.example.Hello");
      repository.publish(app, OstreeEntry.Folder.empty().with("bin/run", "two"), THEN.plusSeconds(9));
      good("flatpak", "--user", "remote-modify", "--url=" + lying.base() + "/", "ex");
      run("flatpak", "--user", "update", "-y", "--noninteractive");
      assertThat(Files.readString(active)).isIn("one", "two");
      good("flatpak", "--user", "remote-modify", "--url=" + server.base() + "/", "ex");
      good("flatpak", "--user", "update", "-y", "--noninteractive");
      assertThat(Files.readString(active)).isEqualTo("two");
    }
  }

  /** As snapd does it: ask with the format that it knows, resume what was cut, let xdelta3 make the new snap. */
  @Test
  void aSnapComesAsADeltaOverABadWire() throws Exception {
    byte[] one = new byte[100_000];
    new SeededRandom(4).nextBytes(one);
    byte[] two = new byte[120_000];
    new SeededRandom(5).nextBytes(two);
    System.arraycopy(one, 0, two, 20_000, 60_000);
    Files.write(folder.resolve("one"), one);
    Files.write(folder.resolve("two"), two);
    SnapProfile profile = SnapProfile.read(Files.writeString(folder.resolve("store.yaml"), "snaps:\n- {id: aaa,"
        + " name: app, publisher: acme, deltas: true, revisions: {1: one, 2: two}, releases: {stable: 2}}\n"));
    try (StoreServer server =
        serve(profile.face(), profile.face(), "truncated@2", "reset-body@3", "reset-last-byte@4")) {
      String asked = "{\"context\":[{\"instance-key\":\"app\",\"snap-id\":\"aaa\",\"revision\":1,"
          + "\"tracking-channel\":\"stable\"}],\"actions\":[{\"action\":\"refresh\",\"instance-key\":\"app\","
          + "\"snap-id\":\"aaa\"}]}";
      JsonNode download = JsonMapper.shared().readTree(run("curl", "-sS", "-H", "Snap-Accept-Delta-Format: xdelta3",
          "-d", asked, server.base() + "/v2/snaps/refresh").text()).at("/results/0/snap/download");
      JsonNode delta = download.at("/deltas/0");
      assertThat(delta.path("size").asInt()).isBetween(1, download.path("size").asInt() * 2 / 3);
      for (int i = 0; i < 3; i++) {
        bad("curl", "-sS", "-C", "-", "-o", "delta", delta.path("url").asString());
      }
      good("curl", "-sS", "-C", "-", "-o", "delta", delta.path("url").asString());
      assertThat(Digests.hex(Digests.digest("SHA3-384", Files.readAllBytes(folder.resolve("delta")))))
          .isEqualTo(delta.path("sha3-384").asString());
      good("xdelta3", "-d", "-s", "one", "delta", "made");
      byte[] made = Files.readAllBytes(folder.resolve("made"));
      assertThat(Digests.hex(Digests.digest("SHA3-384", made))).isEqualTo(download.path("sha3-384").asString());
      assertThat(made).isEqualTo(two);
    }
  }

  @Test
  void curlResumesWhatWasCut() throws Exception {
    byte[] body = ("0123456789".repeat(50_000)).getBytes(StandardCharsets.US_ASCII);
    FileFace face = new FileFace(path -> path.equals("file") ? Optional.of(body) : Optional.empty());
    try (StoreServer server = serve(face, face, "truncated@1", "reset-body@2", "reset-last-byte@3")) {
      List<Long> sizes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        bad("curl", "-sS", "-C", "-", "-o", "file", server.base() + "/file");
        sizes.add(Files.size(folder.resolve("file")));
      }
      good("curl", "-sS", "-C", "-", "-o", "file", server.base() + "/file");
      assertThat(sizes).isSorted().doesNotHaveDuplicates();
      assertThat(Files.readAllBytes(folder.resolve("file"))).isEqualTo(body);
    }
  }
}
