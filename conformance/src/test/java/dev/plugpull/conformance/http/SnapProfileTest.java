package dev.plugpull.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.StoreFace;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionDatabase;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionStream;
import dev.plugpull.sim.store.assertion.SigningKey;
import dev.plugpull.sim.store.hostile.HostileStore;
import dev.plugpull.sim.store.snap.StoreKeys;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to a store's trust, seen over HTTP by a device that keeps what it accepted. */
class SnapProfileTest {

  private static final String SNAP = "appappappappappappappappappapp01";
  private static final AssertionDatabase.Clock CLOCK =
      new AssertionDatabase.Clock.Believed(StoreKeys.BEGIN.plus(Duration.ofDays(100)));

  @TempDir
  private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void blobs() throws IOException {
    for (String name : List.of("one", "two", "theirs")) {
      Files.writeString(folder.resolve(name), name);
    }
  }

  private SnapProfile profile(int newest) throws IOException {
    StringBuilder text = new StringBuilder("seed: 20\nsnaps:\n- {id: " + SNAP + ", name: app, publisher: acme,"
        + " revisions: {1: one");
    text.append(newest == 2 ? ", 2: two" : "").append("}, releases: {stable: ").append(newest).append("}}\n");
    text.append("- {id: zzz, name: other, publisher: acme, revisions: {2: theirs}, releases: {stable: 2}}\n");
    return SnapProfile.read(Files.writeString(folder.resolve("store-" + newest + ".yaml"), text));
  }

  private StoreServer serve(String fault) throws IOException {
    StoreFace older = profile(1).face();
    return StoreServer.start(profile(2).hostile(older), List.of(FaultWindow.read(fault)), Limits.STANDARD,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** What vouches for a revision, as it comes; empty if the store says that there is no such thing. */
  private List<Assertion> stream(StoreServer server, int revision)
      throws IOException, InterruptedException, AssertionException {
    var answer = client.send(HttpRequest.newBuilder(URI.create(server.base() + "/assertion-stream/" + SNAP + "_"
        + revision)).timeout(Duration.ofMinutes(5)).build(), BodyHandlers.ofByteArray());
    return answer.statusCode() == 200 ? AssertionStream.decode(answer.body()).assertions() : List.of();
  }

  private static AssertionDatabase device() {
    return AssertionDatabase.of(new StoreKeys(20).trusted(), List.of());
  }

  private static AssertionDatabase accept(AssertionDatabase device, List<Assertion> stream)
      throws AssertionException {
    AssertionDatabase after = device;
    for (Assertion assertion : stream) {
      boolean known = after.find(assertion.typeName(), assertion.primaryKey().toArray(String[]::new))
          .filter(have -> have.revision() >= assertion.revision()).isPresent();
      if (!known) {
        after = after.add(assertion, CLOCK);
      }
    }
    return after;
  }

  @ParameterizedTest
  @ValueSource(strings = {"key-revoked", "key-expired"})
  void aKeyThatEndedSignsNothingNew(String fault) throws Exception {
    try (StoreServer server = serve(fault + "@2")) {
      AssertionDatabase device = accept(device(), stream(server, 1));
      List<Assertion> later = stream(server, 2);
      assertThatThrownBy(() -> accept(device, later)).isInstanceOf(AssertionException.class)
          .hasMessageContaining("its key is valid from");
      assertThat(stream(server, 2)).as("it happens once").isEqualTo(later);
    }
  }

  @ParameterizedTest
  @CsvSource({"key-rotated@2, false", "offline-for-a-year@2-9, true"})
  void aNewKeyIsVouchedForByTheRoot(String fault, boolean away) throws Exception {
    try (StoreServer server = serve(fault)) {
      AssertionDatabase device = accept(device(), stream(server, 1));
      // Java's client repeats some requests by itself.
      while (away && server.requests() < 9) {
        assertThatThrownBy(() -> stream(server, 2)).isInstanceOf(IOException.class);
      }
      Assertion revision = stream(server, 2).getLast();
      assertThat(device.find("account-key", revision.signKeyId())).as("the device does not know it").isEmpty();
      assertThat(accept(device, stream(server, 2)).stored()).contains(revision);
    }
  }

  @Test
  void contentThatIsTakenBackIsSaidToBe() throws Exception {
    try (StoreServer server = serve("content-revoked@2")) {
      AssertionDatabase device = accept(device(), stream(server, 2));
      assertThat(device.find("validation", "16", SNAP, SNAP, "2")).isEmpty();
      Assertion said = accept(device, stream(server, 2)).find("validation", "16", SNAP, SNAP, "2").orElseThrow();
      assertThat(said.text("revoked")).contains("true");
    }
  }

  @Test
  void whatIsMixedUpOrOldIsProperlySignedAndNotWhatWasAskedFor() throws Exception {
    try (StoreServer mixing = serve("mixed-up"); StoreServer frozen = serve("frozen@2-")) {
      assertThat(accept(device(), stream(mixing, 2)).stored()).noneMatch(
          assertion -> assertion.text("snap-id").filter(SNAP::equals).isPresent());
      assertThat(stream(frozen, 2)).isNotEmpty();
      assertThat(stream(frozen, 2)).extracting(Assertion::typeName).doesNotContain("snap-revision");
    }
  }

  private String said(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.timeout(Duration.ofMinutes(5)).build(), BodyHandlers.ofString()).body();
  }

  private static StoreServer serve(StoreFace face) throws IOException {
    return StoreServer.start(
        new HostileStore(face, new HostileStore.Knowledge(face, face, UnaryOperator.identity())), List.of(),
        Limits.STANDARD, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Half of the devices see the new revision, and its address is the one that the client asked. */
  private static String offered(SnapProfile profile, String context, String action) {
    String asked = """
        {"context":[{"instance-key":"k","snap-id":"%s","revision":1%s}],
         "actions":[{"action":"refresh","instance-key":"k","snap-id":"%s"%s}]}""".formatted(SNAP, context, SNAP,
        action);
    JsonNode result = JsonMapper.builder().build().readTree(
        profile.face().answer(StoreRequest.post("/v2/snaps/refresh", asked)).body()).path("results").path(0);
    return result.path("error").path("code").asString(result.path("snap").path("revision").asString(""));
  }

  @Test
  void aProfileSaysAllThatAStoreKnows() throws Exception {
    String text = "seed: 20\nsnaps:\n- {id: " + SNAP + ", name: app, publisher: acme, revisions: {1: one, 2: two,"
        + " 3: {file: theirs, epoch: 2}, 4: {file: two, epoch: 1*}},\n   releases: {stable: 2, edge: 3, other/beta: 4},"
        + " revoked: [2]}\ncohorts: {c: {" + SNAP + ": 3}}\n"
        + "validation-sets:\n- {account: acme, name: set, sequence: 2, snaps: {" + SNAP + ": 4}}\n"
        + "models:\n- {brand: acme, model: box, architecture: amd64, base: core24, grade: dangerous,\n"
        + "   snaps: [{name: pc, type: gadget}, {name: pc-kernel, type: kernel}, {name: app}]}\n"
        + "serials:\n- {brand: acme, model: box, serial: box-1, key: device.pem}\n"
        + "stores:\n- {store: shop, operator: acme, url: http://shop.example, friendly-stores: [other]}\n";
    SigningKey device = SigningKey.generate(1024, new SeededRandom(3));
    Files.writeString(folder.resolve("device.pem"), device.toPem());
    SnapProfile profile = SnapProfile.read(Files.writeString(folder.resolve("all.yaml"), text));
    assertThat(offered(profile, "", "")).isEqualTo("2");
    assertThat(offered(profile, "", ",\"channel\":\"candidate\"")).as("closed, falls back").isEqualTo("2");
    assertThat(offered(profile, "", ",\"channel\":\"edge\"")).as("cannot read the data of epoch 0").isEmpty();
    assertThat(offered(profile, "", ",\"channel\":\"other/edge\"")).isEqualTo("4");
    assertThat(offered(profile, "", ",\"cohort-key\":\"c\"")).isEqualTo("3");
    assertThat(offered(profile, ",\"validation-sets\":[[\"16\",\"acme\",\"set\"]]", "")).isEqualTo("4");
    assertThat(new String(profile.face().answer(StoreRequest.get("/assertion-stream/" + SNAP + "_2")).body(),
        StandardCharsets.UTF_8)).contains("type: validation\n").contains("revoked: true");
    assertThat(profile.face().answer(StoreRequest.get("/v2/assertions/validation-set/16/acme/set/2")).status())
        .isEqualTo(200);
    assertThat(Assertion.decode(profile.face().answer(StoreRequest.get("/v2/assertions/model/16/acme/box")).body())
        .text("grade")).contains("dangerous");
    assertThat(Assertion.decode(profile.face().answer(StoreRequest.get("/v2/assertions/serial/acme/box/box-1")).body())
        .text("device-key-sha3-384")).contains(device.id());
    assertThat(Assertion.decode(profile.face().answer(StoreRequest.get("/v2/assertions/store/shop")).body())
        .text("url")).contains("http://shop.example");
    String taken = text.replace("revoked: [2]", "revoked: true");
    assertThat(offered(SnapProfile.read(Files.writeString(folder.resolve("taken.yaml"), taken)), "", ""))
        .isEqualTo("id-not-found");
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {
      "revisions: {1: {file: one, epoch: x}}}; is no epoch",
      "revisions: {1: one}, revoked: [none]}; is no revision",
      "revisions: {1: one}}|cohorts: {c: {nobody: 1}}; no snap has the id",
      "revisions: {1: one}, releases: {a/b/c/d: 1}}; is no channel",
      "revisions: {1: one}}|models:|- {brand: acme, model: box}; header 'architecture' is missing; sign it with",
      "revisions: {1: one}}|stores:|- {store: shop, operator: acme, url: shop}; an address like",
      "revisions: {1: one}}|stores:|- {store: shop}; an entry has no proper 'operator'",
      "revisions: {1: one}}|validation-sets:|- {account: acme, name: s, snaps: {a: 1}}; a snap id",
      "revisions: {1: one}}|serials:|- {brand: acme, model: box, serial: x, key: one}; assertion key generate",
      "revisions: {1: one}}|serials:|- {brand: acme, model: box, serial: x, key: none}; assertion key generate"})
  void aProfileThatIsNoneIsRefused(String rest, String why) throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"),
        "snaps:\n- {id: a, name: app, publisher: acme, " + rest.replace("|", "\n") + "\n");
    assertThatThrownBy(() -> SnapProfile.read(file)).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void aProfilePhasesItsReleases() throws Exception {
    SnapProfile profile = SnapProfile.read(Files.writeString(folder.resolve("phased.yaml"),
        "snaps:\n- {id: aaa, name: app, publisher: acme, revisions: {1: one, 2: two},"
            + " releases: {stable: 1, candidate: {revision: 2, percentage: 50}}}\n"));
    try (StoreServer server = serve(profile.face())) {
      int offered = 0;
      for (int device = 0; device < 200; device++) {
        String answer = said(HttpRequest.newBuilder(URI.create(server.base() + "/v2/snaps/refresh"))
            .header("Snap-Device-Authorization", "device " + device).header("Snap-Refresh-Reason", "scheduled")
            .POST(HttpRequest.BodyPublishers.ofString("{\"context\":[{\"instance-key\":\"app\","
                + "\"snap-id\":\"aaa\",\"revision\":1,\"tracking-channel\":\"candidate\"}],"
                + "\"actions\":[{\"action\":\"refresh\","
                + "\"instance-key\":\"app\",\"snap-id\":\"aaa\"}]}")));
        offered += answer.contains(server.base() + "/download/aaa_2.snap") ? 1 : 0;
      }
      assertThat(offered).isBetween(70, 130);
    }
  }

  @Test
  void anOmahaProfileOffersAReleaseToAShareOfTheDevices() throws Exception {
    Files.write(folder.resolve("root"), new byte[4096]);
    StoreFace face = OmahaProfile.read(Files.writeString(folder.resolve("omaha.yaml"), "app: '{board}'\nreleases:\n"
        + "- {track: stable-channel, version: 2.0, percentage: 25, partitions: {root: root}}\n"));
    try (StoreServer server = serve(face)) {
      int offered = 0;
      for (int device = 0; device < 200; device++) {
        String answer = said(HttpRequest.newBuilder(URI.create(server.base() + "/update")).POST(
            HttpRequest.BodyPublishers.ofString("<request protocol='3.0' machineid='" + device + "'>"
                + "<app appid='{board}' version='1.0' track='stable-channel'><updatecheck/></app></request>")));
        offered += answer.contains("codebase=\"" + server.base() + "/payload/\"") ? 1 : 0;
      }
      assertThat(offered).isBetween(30, 70);
      assertThat(said(HttpRequest.newBuilder(URI.create(server.base() + "/payload/2.0")))).startsWith("CrAU");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app: x", "app: x\nreleases: [{version: 1.0}]", "app: [",
      "app: x\nreleases: [{version: a, partitions: {root: block}}]",
      "app: x\nreleases: [{version: 1.0, partitions: {root: one}}]",
      "app: x\nreleases: [{version: 1.0, percentage: 101, partitions: {root: block}}]"})
  void anOmahaProfileThatIsNoneIsRefused(String text) throws Exception {
    Files.write(folder.resolve("block"), new byte[4096]);
    Path file = Files.writeString(folder.resolve("omaha.yaml"), text);
    assertThatThrownBy(() -> OmahaProfile.read(file)).isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clock-back", "clock-forward", "clock-lost"})
  void theClockIsTheClients(String fault) {
    assertThatThrownBy(() -> FaultWindow.read(fault)).hasMessageContaining("faketime");
  }
}
