package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.conformance.machine.DebianContainer;
import dev.plugpull.sim.store.FileFace;
import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.ostree.OstreeEntry;
import dev.plugpull.sim.store.ostree.OstreeRepository;
import dev.plugpull.sim.store.ostree.OstreeSigner;
import dev.plugpull.sim.store.trust.PgpKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Debian's OSTree in a container against our store. A container gives what the machine itself does not: a client that
 * need not be installed, whose disk is full and whose processes all die at once, and nothing is left afterwards.
 */
@Tag("container")
class ContainedClientTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final OstreeSigner SIGNER = OstreeSigner.of(
      PgpKey.generate("a store <store@example.org>", 2048, THEN, Duration.ZERO, new SeededRandom(5)));
  /** More than the small disk of the client has. */
  private static final int LARGE_BYTES = 8 << 20;

  @TempDir
  private static Path scratch;

  private static ImageFromDockerfile image;

  private final OstreeRepository repository = new OstreeRepository();

  @BeforeAll
  static void makesAnImage() throws IOException {
    DebianContainer.require();
    image = DebianContainer.image(scratch, List.of("ostree", "coreutils", "dash", "ca-certificates"));
  }

  private String commit(String name, int bytes) {
    OstreeEntry.Folder tree = OstreeEntry.Folder.empty().with("usr/bin/hi", name).with("usr/large", noise(bytes));
    String commit = repository.commit("main", tree, List.of(), name, THEN, SIGNER);
    repository.summarise(List.of(), THEN, SIGNER);
    return commit;
  }

  /** Text that does not get smaller when it is packed. */
  private static String noise(int bytes) {
    StringBuilder text = new StringBuilder(bytes);
    SeededRandom random = new SeededRandom(7);
    while (text.length() < bytes) {
      text.append((char) ('0' + Math.floorMod(random.nextInt(), 64)));
    }
    return text.toString();
  }

  private StoreServer serve(String... faults) throws IOException {
    StoreFace face = new FileFace(repository::file);
    return StoreServer.start(new HostileStore(face, new HostileStore.Knowledge(face, face, UnaryOperator.identity())),
        List.of(faults).stream().map(FaultWindow::read).toList(), Limits.STANDARD,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static Container.ExecResult run(GenericContainer<?> client, String... command) throws Exception {
    return client.execInContainer(command);
  }

  private static void good(GenericContainer<?> client, String... command) throws Exception {
    Container.ExecResult said = run(client, command);
    assertThat(said.getExitCode()).as(said.toString()).isZero();
  }

  private static void repositoryOf(GenericContainer<?> client, StoreServer store) throws Exception {
    good(client, "ostree", "--repo=/disk/repo", "init", "--mode=archive");
    good(client, "ostree", "--repo=/disk/repo", "remote", "add", "--no-gpg-verify", "r", store.base());
  }

  @Test
  void aFullDiskOfTheClientLeavesNoHalfCommit() throws Exception {
    commit("large", LARGE_BYTES);
    try (StoreServer store = serve();
        GenericContainer<?> client = DebianContainer.of(image).withTmpFs(Map.of("/disk", "rw,size=4m"))) {
      client.start();
      repositoryOf(client, store);
      Container.ExecResult full = run(client, "ostree", "--repo=/disk/repo", "pull", "r", "main");
      assertThat(full.getExitCode()).as(full.toString()).isNotZero();
      assertThat(run(client, "ostree", "--repo=/disk/repo", "rev-parse", "r:main").getExitCode())
          .as("the ref names nothing").isNotZero();
      String small = commit("small", 1000);
      good(client, "ostree", "--repo=/disk/repo", "pull", "r", "main");
      assertThat(run(client, "ostree", "--repo=/disk/repo", "rev-parse", "r:main").getStdout().strip())
          .isEqualTo(small);
      good(client, "ostree", "--repo=/disk/repo", "fsck");
    }
  }

  @Test
  void aClientThatIsKilledInTheMiddlePullsTheRestLater() throws Exception {
    String commit = commit("large", LARGE_BYTES);
    try (StoreServer stalling = serve("stalled@5-"); StoreServer honest = serve();
        GenericContainer<?> client = DebianContainer.of(image)) {
      client.start();
      good(client, "mkdir", "/disk");
      repositoryOf(client, stalling);
      good(client, "sh", "-c", "ostree --repo=/disk/repo pull r main >/dev/null 2>&1 & sleep 2; kill -0 $!");
      client.getDockerClient().killContainerCmd(client.getContainerId()).exec();
      client.getDockerClient().startContainerCmd(client.getContainerId()).exec();
      assertThat(run(client, "ostree", "--repo=/disk/repo", "rev-parse", "r:main").getExitCode())
          .as("the ref names nothing").isNotZero();
      good(client, "ostree", "--repo=/disk/repo", "pull", "--url=" + honest.base(), "r", "main");
      good(client, "ostree", "--repo=/disk/repo", "fsck");
      assertThat(run(client, "ostree", "--repo=/disk/repo", "rev-parse", "r:main").getStdout().strip())
          .isEqualTo(commit);
    }
  }
}
