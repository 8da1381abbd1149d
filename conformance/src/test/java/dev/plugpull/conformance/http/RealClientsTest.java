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
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.SeededRandom;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
