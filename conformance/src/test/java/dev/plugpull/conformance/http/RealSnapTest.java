package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.snap.Channel;
import dev.plugpull.sim.store.snap.Snap;
import dev.plugpull.sim.store.snap.SnapApi;
import dev.plugpull.sim.store.snap.SnapRevision;
import dev.plugpull.sim.store.snap.SnapStore;
import dev.plugpull.sim.store.snap.StoreKeys;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Debian's own {@code snap download} against our store, as far as the stock binary goes: it asks, downloads, resumes,
 * compares digests and follows the statements up to our root. There it ends: the roots that it trusts are compiled in.
 */
@Tag("vm")
class RealSnapTest {

  private static final String SNAP = "appappappappappappappappappapp01";
  /** How it tells that the chain ends in a key that signs itself and that it does not trust. */
  private static final String NOT_OUR_ROOT = "circular assertions are not expected: account-key (";

  @TempDir
  private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final byte[] blob = new byte[300_000];

  private StoreServer serve(String... faults) throws IOException {
    new SeededRandom(9).nextBytes(blob);
    SnapStore store = new SnapStore(new StoreKeys(20)).account("acme", "Acme")
        .snap(Snap.of(SNAP, "app", "acme", "app")).upload(SNAP, SnapRevision.of(7, blob))
        .release(SNAP, Channel.read("latest/stable").orElseThrow(), 7, 100);
    int port = freePort();
    SnapApi api = new SnapApi(store, "http://127.0.0.1:" + port);
    StoreFace face = request -> {
      asked.add(request.path().orElse("") + request.header("range").map(range -> " " + range).orElse(""));
      return api.answer(request);
    };
    return StoreServer.start(
        new HostileStore(face, new HostileStore.Knowledge(face, face, UnaryOperator.identity())),
        List.of(faults).stream().map(FaultWindow::read).toList(), Limits.STANDARD,
        new InetSocketAddress("127.0.0.1", port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private RealClient.Said download(StoreServer server) throws IOException, InterruptedException {
    return new RealClient(folder, Map.of("SNAPPY_FORCE_API_URL", server.base() + "/", "SNAPPY_FORCE_SAS_URL",
        server.base() + "/", "SNAPPY_STORE_NO_CDN", "1")).run("snapd", "snap", "download", "app");
  }

  @Test
  void asksDownloadsAndFollowsTheStatementsUpToOurRoot() throws Exception {
    try (StoreServer server = serve()) {
      RealClient.Said said = download(server);
      assertThat(said.text()).contains(NOT_OUR_ROOT);
      assertThat(folder.resolve("app_7.snap")).hasBinaryContent(blob);
      assertThat(asked.getFirst()).isEqualTo("/v2/snaps/refresh");
      assertThat(asked).anyMatch(path -> path.startsWith("/v2/assertions/snap-revision/"))
          .contains("/v2/assertions/snap-declaration/16/" + SNAP, "/v2/assertions/account/acme");
      assertThat(asked.getLast()).startsWith("/v2/assertions/account-key/");
    }
  }

  /** Request 2 is the first for the blob. Whole: what is there afterwards is what was uploaded. */
  @ParameterizedTest
  @CsvSource({
      "truncated@2, true", "reset-header@2, true", "reset-body@2, true", "reset-last-byte@2, true",
      "bit-flipped@2, true", "bit-flipped@2-, false", "content-swapped@2-, false", "captive-portal@1, false"
  })
  void aDownloadEndsWholeOrIsRefused(String fault, boolean whole) throws Exception {
    try (StoreServer server = serve(fault)) {
      RealClient.Said said = download(server);
      assertThat(said.exit()).as(said.text()).isNotZero();
      assertThat(said.text().contains(NOT_OUR_ROOT)).as(said.text()).isEqualTo(whole);
      Path snap = folder.resolve("app_7.snap");
      assertThat(Files.exists(snap)).as(said.text()).isEqualTo(whole);
      if (whole) {
        assertThat(snap).hasBinaryContent(blob);
      }
      if (fault.startsWith("truncated") || fault.startsWith("reset-body")) {
        assertThat(asked).as("it goes on where it was").anyMatch(
            path -> path.matches("/download/" + SNAP + "_7.snap bytes=[1-9][0-9]*-"));
      }
    }
  }
}
