package dev.plugpull.sim.store.snap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.Phasing;
import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionDatabase;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionSigner;
import dev.plugpull.sim.store.assertion.AssertionStream;
import dev.plugpull.sim.store.assertion.HeaderValue;
import dev.plugpull.sim.store.assertion.SigningKey;
import dev.plugpull.sim.store.snap.Channel.Risk;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a device hears from the store, for every rule about who gets which revision. */
class SnapApiTest {

  private static final String ID = "abcdefghijklmnopqrstuvwxyz012345";
  private static final StoreKeys KEYS = new StoreKeys(1);
  private static final Channel STABLE = new Channel("latest", Risk.STABLE, "");
  private static final Channel EDGE = new Channel("latest", Risk.EDGE, "");

  private static SnapStore store() {
    SnapStore store = new SnapStore(KEYS.copy()).account("acme", "Acme").snap(Snap.of(ID, "app", "acme", "app"));
    for (int number = 1; number <= 4; number++) {
      Epoch epoch = number < 4 ? Epoch.ZERO : Epoch.read("2").orElseThrow();
      store.upload(ID, new SnapRevision(number, "v" + number, epoch, blob(number), deltas(number)));
    }
    return store.release(ID, STABLE, 1, 100).release(ID, STABLE, 2, 100);
  }

  private static TreeMap<Integer, byte[]> deltas(int number) {
    return number == 2 ? new TreeMap<>(Map.of(1, new byte[] {9})) : new TreeMap<>();
  }

  private static byte[] blob(int number) {
    return ("blob " + number).getBytes(StandardCharsets.UTF_8);
  }

  private static StoreAnswer ask(SnapStore store, String device, boolean scheduled, String context, String action) {
    StoreRequest request = StoreRequest.post("/v2/snaps/refresh", """
        {"context":[{"instance-key":"k","snap-id":"%s","tracking-channel":"stable","epoch":{"read":[0],"write":[0]}%s}],
         "actions":[{"action":"refresh","instance-key":"k","snap-id":"%s"%s}]}""".formatted(ID, context, ID, action))
        .with("Snap-Device-Authorization", device);
    return new SnapApi(store, "http://store").answer(
        scheduled ? request.with("Snap-Refresh-Reason", "scheduled") : request);
  }

  /** The revision offered to a device with revision 1; 1 for nothing new, -1 for an error. */
  private static int offered(SnapStore store, String device, boolean scheduled, String context, String action) {
    StoreAnswer answer = ask(store, device, scheduled, ",\"revision\":1" + context, action);
    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = SnapApi.JSON.readTree(answer.body()).path("results");
    return results.isEmpty() ? 1 : results.get(0).path("snap").path("revision").asInt(-1);
  }

  @ParameterizedTest
  @CsvSource({
      "stable, stable", "latest/stable, stable", "edge/fix, edge/fix", "2.0, 2.0/stable", "2.0/beta/fix, 2.0/beta/fix",
      "latest/edge/fix, edge/fix"
  })
  void channelsHaveCanonicalNames(String text, String canonical) {
    assertThat(Channel.read(text).orElseThrow()).hasToString(canonical);
    assertThat(Channel.read(canonical)).isEqualTo(Channel.read(text));
  }

  @ParameterizedTest
  @CsvSource({"a/b", "''", "a//b", "a/b/c/d", "stable/edge/x/y", "/stable", "../x"})
  void whatIsNoChannelIsNone(String text) {
    assertThat(Channel.read(text)).isEmpty();
  }

  @Test
  void aClosedChannelFallsBackToASaferRisk() {
    SnapStore store = store();
    assertThat(offered(store, "d", false, "", ",\"channel\":\"edge\"")).isEqualTo(2);
    store.release(ID, EDGE, 3, 100);
    assertThat(offered(store, "d", false, "", ",\"channel\":\"edge\"")).isEqualTo(3);
    assertThat(offered(store, "d", false, "", ",\"channel\":\"edge/branch\"")).isEqualTo(3);
    assertThat(offered(store, "d", false, "", "")).isEqualTo(2);
    store.close(ID, EDGE);
    assertThat(offered(store, "d", false, "", ",\"channel\":\"edge\"")).isEqualTo(2);
    store.close(ID, STABLE);
    assertThat(new String(ask(store, "d", false, "", "").body(), StandardCharsets.UTF_8))
        .contains("revision-not-found");
  }

  @Test
  void aPhaseIsSeenByItsFractionAndOnlyWhenScheduled() {
    SnapStore store = store().release(ID, STABLE, 3, 30);
    int seen = 0;
    for (int device = 0; device < 1000; device++) {
      int first = offered(store, "d" + device, true, ",\"revision\":2", "");
      assertThat(offered(store, "d" + device, true, ",\"revision\":2", "")).isEqualTo(first);
      seen += first == 3 ? 1 : 0;
    }
    assertThat(seen).isBetween(240, 360);
    assertThat(offered(store, "d1", false, "", "")).isEqualTo(3);
    // Nobody inside the phase falls out of it when it grows.
    for (int device = 0; device < 100; device++) {
      boolean early = Phasing.sees("d" + device, "r", 30);
      assertThat(!early || Phasing.sees("d" + device, "r", 60)).isTrue();
    }
  }

  @Test
  void epochsCohortsHoldsAndValidationSetsDecide() {
    SnapStore store = store().release(ID, STABLE, 3, 100).cohort("c", STABLE).release(ID, STABLE, 4, 100);
    assertThat(offered(store, "d", false, "", "")).as("epoch 2 cannot read the data of 0").isEqualTo(3);
    store.release(ID, STABLE, 2, 100);
    assertThat(offered(store, "d", false, "", ",\"cohort-key\":\"c\"")).isEqualTo(3);
    assertThat(offered(store, "d", true, ",\"held\":{\"by\":[\"system\"]}", "")).isEqualTo(1);
    assertThat(offered(store, "d", false, ",\"held\":{\"by\":[\"system\"]}", "")).isEqualTo(2);
    store.validationSet(new SnapStore.ValidationSet("acme", "set", 1, new TreeMap<>(Map.of(ID, 3))));
    String sets = ",\"validation-sets\":[[\"16\",\"acme\",\"set\"]]";
    assertThat(offered(store, "d", false, sets, "")).isEqualTo(3);
    assertThat(offered(store, "d", false, sets, ",\"ignore-validation\":true")).isEqualTo(2);
    assertThat(offered(store, "d", false, "", ",\"revision\":4")).isEqualTo(4);
    store.revokeSnap(ID);
    assertThat(offered(store, "d", false, "", "")).isEqualTo(-1);
  }

  @Test
  void deltasAreOfferedToWhoCanUseThem() {
    StoreRequest request = StoreRequest.post("/v2/snaps/refresh", """
        {"context":[{"instance-key":"k","snap-id":"%s","revision":1}],
         "actions":[{"action":"refresh","instance-key":"k","snap-id":"%s"}]}""".formatted(ID, ID))
        .with("Snap-Accept-Delta-Format", "xdelta3");
    SnapApi api = new SnapApi(store(), "");
    JsonNode delta = SnapApi.JSON.readTree(api.answer(request).body()).path("results").get(0).path("snap")
        .path("download").path("deltas").get(0);
    assertThat(api.answer(StoreRequest.get(delta.path("url").asString())).body()).isEqualTo(new byte[] {9});
  }

  @Test
  void aDeviceBelievesTheStream() throws Exception {
    SnapStore store = store();
    AssertionDatabase database = accept(AssertionDatabase.of(KEYS.trusted(), List.of()), store.streamFor(ID, 2));
    String digest = SnapRevision.headerDigest(blob(2));
    assertThat(database.find("snap-revision", digest, "global-upload").orElseThrow().text("snap-revision"))
        .contains("2");
    SnapApi api = new SnapApi(store, "");
    byte[] stream = api.answer(StoreRequest.get("/assertion-stream/" + ID + "_2")).body();
    assertThat(AssertionStream.decode(stream).assertions()).isEqualTo(store.streamFor(ID, 2));
    byte[] one = api.answer(StoreRequest.get("/v2/assertions/snap-revision/" + digest)).body();
    assertThat(Assertion.decode(one).text("snap-id")).contains(ID);
  }

  private static TreeMap<String, HeaderValue> texts(String... namesAndValues) {
    TreeMap<String, HeaderValue> texts = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      texts.put(namesAndValues[i], HeaderValue.of(namesAndValues[i + 1]));
    }
    return texts;
  }

  private static SnapStore withModel() {
    return store().model("acme", "box", texts("architecture", "amd64", "gadget", "pc", "kernel", "pc-kernel"));
  }

  @Test
  void aBrandSignsItsModelsWithAKeyThatTheStoreVouchesFor() throws Exception {
    SnapStore store = withModel();
    Assertion model = Assertion.decode(new SnapApi(store, "").answer(
        StoreRequest.get("/v2/assertions/model/16/acme/box")).body());
    AssertionDatabase device = accept(AssertionDatabase.of(KEYS.trusted(), List.of()), store.streamFor(ID, 2));
    assertThat(accept(device, List.of(model)).find("model", "16", "acme", "box")).contains(model);
    assertThat(store.assertion("model", List.of("16", "acme", "other"))).isEmpty();
    assertThat(store.copy().assertion("model", List.of("16", "acme", "box"))).contains(model);
  }

  @Test
  void nobodySignsAModelThatSaysTooLittle() {
    SnapStore store = store();
    assertThatThrownBy(() -> store.model("acme", "box", texts("architecture", "amd64")))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("header 'gadget' is missing");
    assertThatThrownBy(() -> store.model("nobody", "box", texts())).hasMessageContaining("no such account");
  }

  private static StoreAnswer registers(SnapApi api, SigningKey device, String... changed) throws AssertionException {
    String id = SnapApi.JSON.readTree(api.answer(StoreRequest.post("/api/v1/snaps/auth/request-id", "")).body())
        .path("request-id").asString();
    TreeMap<String, HeaderValue> headers = texts("type", "serial-request", "brand-id", "acme", "model", "box",
        "request-id", id, "device-key", new String(device.publicKey().encoded(), StandardCharsets.US_ASCII));
    headers.putAll(texts(changed));
    byte[] asked = AssertionSigner.sign(headers, new byte[0], device, StoreKeys.BEGIN).encoded();
    return api.answer(StoreRequest.post("/api/v1/snaps/auth/devices", new String(asked, StandardCharsets.UTF_8)));
  }

  @Test
  void aDeviceRegistersAndItsSerialIsBelieved() throws Exception {
    SnapStore store = withModel();
    SnapApi api = new SnapApi(store, "");
    SigningKey device = SigningKey.generate(1024, new SeededRandom(7));
    SigningKey other = SigningKey.generate(1024, new SeededRandom(8));
    Assertion serial = Assertion.decode(registers(api, device).body());
    assertThat(serial.primaryKey()).containsExactly("acme", "box", "1");
    assertThat(serial.text("device-key-sha3-384")).contains(device.id());
    assertThat(api.answer(StoreRequest.get("/v2/assertions/serial/acme/box/1")).body()).isEqualTo(serial.encoded());
    AssertionDatabase known = accept(AssertionDatabase.of(KEYS.trusted(), List.of()), store.streamFor(ID, 2));
    assertThat(accept(known, List.of(serial)).find("serial", "acme", "box", "1")).contains(serial);
    assertThat(registers(api, device, "serial", "x").body()).as("it has one").isEqualTo(serial.encoded());
    assertThat(Assertion.decode(registers(api, other, "serial", "x").body()).text("serial")).contains("x");
    assertThat(store.copy().assertion("serial", List.of("acme", "box", "x"))).isPresent();
  }

  /** Each way in which a request is none, and what the device is told. */
  @ParameterizedTest
  @CsvSource({
      "model, crate, knows no model", "brand-id, nobody, knows no model", "request-id, request-9, no such request-id",
      "request-id, mine, no such request-id", "serial, taken, another device has", "serial, a/b, another device has"
  })
  void aRegistrationThatIsNoneIsRefused(String header, String value, String why) throws Exception {
    SnapStore store = withModel().device("acme", "box", "taken",
        SigningKey.generate(1024, new SeededRandom(9)).publicKey());
    StoreAnswer answer = registers(new SnapApi(store, ""), SigningKey.generate(1024, new SeededRandom(7)), header,
        value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).contains(why);
  }

  @Test
  void aRequestSignedByAnotherKeyIsRefused() throws Exception {
    SigningKey device = SigningKey.generate(1024, new SeededRandom(7));
    String foreign = new String(SigningKey.generate(1024, new SeededRandom(8)).publicKey().encoded(),
        StandardCharsets.US_ASCII);
    assertThat(registers(new SnapApi(withModel(), ""), device, "device-key", foreign).body())
        .asString(StandardCharsets.UTF_8).contains("another key than the one it brings along");
    StoreAnswer noRequest = new SnapApi(withModel(), "").answer(StoreRequest.post("/api/v1/snaps/auth/devices",
        new String(withModel().assertion("model", List.of("16", "acme", "box")).orElseThrow().encoded(),
            StandardCharsets.UTF_8)));
    assertThat(noRequest.body()).asString(StandardCharsets.UTF_8).contains("a serial-request is needed");
  }

  @Test
  void aSerialIsGivenOnce() throws Exception {
    SigningKey device = SigningKey.generate(1024, new SeededRandom(7));
    SnapStore store = withModel().device("acme", "box", "one", device.publicKey());
    assertThatThrownBy(() -> store.device("acme", "box", "two", device.publicKey()))
        .hasMessageContaining("give each its own");
  }

  @Test
  void aDeviceBelievesWhatTheStoreSaysOfStores() throws Exception {
    SnapStore store = store().store("shop", "acme", texts("url", "http://shop.example", "location", "here"));
    Assertion said = Assertion.decode(new SnapApi(store, "").answer(StoreRequest.get("/v2/assertions/store/shop"))
        .body());
    AssertionDatabase known = accept(AssertionDatabase.of(KEYS.trusted(), List.of()), store.streamFor(ID, 2));
    assertThat(accept(known, List.of(said)).find("store", "shop").orElseThrow().text("operator-id")).contains("acme");
    assertThat(store.copy().assertion("store", List.of("shop"))).contains(said);
    assertThat(store.assertion("store", List.of("other"))).isEmpty();
    assertThatThrownBy(() -> store.store("bad", "acme", texts("url", "shop"))).hasMessageContaining("an address like");
  }

  @Test
  void whatARevokedKeySignsIsRefusedFromThenOn() throws Exception {
    SnapStore store = store();
    AssertionDatabase before = accept(AssertionDatabase.of(KEYS.trusted(), List.of()), store.streamFor(ID, 2));
    store.keys().revoke();
    assertThatThrownBy(() -> accept(before, store.streamFor(ID, 3))).hasMessageContaining("is valid");
    store.keys().rotate();
    assertThat(accept(before, store.streamFor(ID, 3)).find("snap-revision", SnapRevision.headerDigest(blob(3)),
        "global-upload")).isPresent();
  }

  private static AssertionDatabase accept(AssertionDatabase database, List<Assertion> stream)
      throws AssertionException {
    AssertionDatabase now = database;
    for (Assertion assertion : stream) {
      Optional<Assertion> known = now.find(assertion.typeName(), assertion.primaryKey().toArray(String[]::new));
      if (known.isEmpty() || known.get().revision() < assertion.revision()) {
        now = now.add(assertion, new AssertionDatabase.Clock.Believed(StoreKeys.BEGIN.plus(Duration.ofDays(30))));
      }
    }
    return now;
  }

  @ParameterizedTest
  @CsvSource({
      "bytes=2-, 206, 'ob 2'", "bytes=0-3, 206, blob", "bytes=-1, 206, 2", "bytes=6-, 416, ''", "bytes=9-10, 416, ''",
      "bytes=5-2, 200, 'blob 2'", "bytes=, 200, 'blob 2'", "bytes=0-0;1-1, 200, 'blob 2'", "lines=0-1, 200, 'blob 2'",
      "bytes=99999999999999999999999-, 200, 'blob 2'", "bytes=-0, 416, ''"
  })
  void downloadsCanBeAskedForInParts(String range, int status, String body) {
    StoreAnswer answer = new SnapApi(store(), "").answer(
        StoreRequest.get("/download/" + ID + "_2.snap").with("Range", range));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
      "GET, /, ", "GET, /download/../../etc/passwd, ", "GET, /v2/assertions/, ", "GET, /v2/assertions/model/1/2/3, ",
      "POST, /v2/snaps/refresh, '{'", "POST, /v2/snaps/refresh, '{\"actions\":7}'", "POST, /download/x, ",
      "GET, /v2/snaps/info/none, ", "GET, /%zz, ", "GET, /api/v1/snaps/auth/devices, ",
      "POST, /api/v1/snaps/auth/devices, junk", "POST, /api/v1/snaps/auth/serial, ",
      "GET, /v2/assertions/serial/a/b/c, "
  })
  void badRequestsGetAnAnswer(String method, String target, String body) {
    StoreRequest request = new StoreRequest(method, target, new TreeMap<>(),
        body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8));
    assertThat(new SnapApi(store(), "").answer(request).status()).isBetween(400, 499);
  }
}
