package dev.plugpull.sim.store.omaha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plugpull.sim.store.StoreAnswer;
import dev.plugpull.sim.store.StoreRequest;
import dev.plugpull.sim.store.payload.Announced;
import dev.plugpull.sim.store.payload.PayloadReader;
import dev.plugpull.sim.store.payload.PayloadWriter;
import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is offered what, and that a device can install what it is offered. */
class OmahaServerTest {
  private static final String APP = "{01234567-89AB-CDEF-0123-456789ABCDEF}";
  private static final String STABLE = "stable-channel";
  private static final RsaKey KEY = RsaKey.generate(1024, new SeededRandom(1));
  private static final byte[] PAYLOAD =
      PayloadWriter.full(new TreeMap<>(Map.of("root", new byte[4096], "kernel", new byte[4096])), 100, KEY);

  private static Release release(String version, double percentage) {
    return new Release(STABLE, version, PAYLOAD, percentage, false);
  }

  private static OmahaServer server(Release... releases) {
    return new OmahaServer(APP, List.of(releases), "http://localhost");
  }

  private static String ask(OmahaServer server, String device, String version, String track) {
    StoreAnswer answer = server.answer(StoreRequest.post("/update",
        "<?xml version=\"1.0\"?><request protocol=\"3.0\" machineid=\"" + device + "\"><os/><app appid=\"" + APP
            + "\" version=\"" + version + "\" track=\"" + track + "\"><ping/><updatecheck/></app></request>"));
    assertThat(answer.status()).isEqualTo(200);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static SortedSet<String> served(OmahaServer server) {
    SortedSet<String> served = new TreeSet<>();
    for (int device = 0; device < 2000; device++) {
      if (ask(server, "d" + device, "1.0", STABLE).contains("<manifest")) {
        served.add("d" + device);
      }
    }
    return served;
  }

  @Test
  void aFractionOfTheDevicesIsServedAndNoneDropsOutAsItGrows() {
    SortedSet<String> early = served(server(release("2.0", 10)));
    SortedSet<String> later = served(server(release("2.0", 40)));
    assertThat(early.size()).isCloseTo(200, within(60));
    assertThat(later.size()).isCloseTo(800, within(100));
    assertThat(later).containsAll(early);
    assertThat(served(server(release("2.0", 0)))).isEmpty();
    assertThat(served(server(release("2.0", 100)))).hasSize(2000);
  }

  @Test
  void eachReleaseDrawsAnew() {
    SortedSet<String> one = served(server(release("2.0", 10)));
    one.retainAll(served(server(release("3.0", 10))));
    assertThat(one.size()).isLessThan(60);
  }

  @Test
  void aDeviceOutsideTheNewestReleaseGetsTheOneBefore() {
    OmahaServer server = server(release("3.0", 10), release("2.0", 100));
    String late = new TreeSet<>(served(server(release("2.0", 100)))).stream()
        .filter(device -> !served(server(release("3.0", 10))).contains(device)).findFirst().orElseThrow();
    assertThat(ask(server, late, "1.0", STABLE)).contains("version=\"2.0\"");
    assertThat(ask(server, late, "2.0", STABLE)).contains("noupdate");
  }

  @Test
  void onlyNewerVersionsOfTheTrackAreOffered() {
    OmahaServer server = server(release("15117.112.0", 100));
    assertThat(ask(server, "d", "15117.20.0", STABLE)).contains("15117.112.0");
    assertThat(ask(server, "d", "15117.112.0", STABLE)).contains("noupdate");
    assertThat(ask(server, "d", "15117.112.1", STABLE)).contains("noupdate");
    assertThat(ask(server, "d", "15117.20.0", "beta-channel")).contains("noupdate");
    assertThat(ask(server, "d", "no version", STABLE)).contains("noupdate");
  }

  @Test
  void aRollbackSaysThatItIsOne() {
    OmahaServer server = server(new Release(STABLE, "2.0", PAYLOAD, 100, true));
    assertThat(ask(server, "d", "3.0", STABLE)).contains("_rollback=\"true\"").contains("version=\"2.0\"");
    assertThat(ask(server, "d", "1.0", STABLE)).contains("noupdate");
  }

  @Test
  void whatIsOfferedCanBeFetchedAndInstalled() throws Exception {
    OmahaServer server = server(release("2.0", 100));
    String offer = ask(server, "d", "1.0", STABLE);
    byte[] fetched = server.answer(StoreRequest.get("/payload/" + value(offer, "name"))).body();
    Announced announced = new Announced(Long.parseLong(value(offer, "size")),
        HexFormat.of().parseHex(value(offer, "hash_sha256")), Long.parseLong(value(offer, "MetadataSize")));
    assertThat(new PayloadReader(KEY.publicKey(), announced, 50).apply(fetched)).containsOnlyKeys("kernel", "root");
  }

  private static String value(String xml, String attribute) {
    Matcher matcher = Pattern.compile(" " + attribute + "=\"([^\"]*)\"").matcher(xml);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void otherBoardsAndBadRequestsGetNothing() {
    OmahaServer server = server(release("2.0", 100));
    assertThat(new String(server.answer(StoreRequest.post("/update",
        "<request><app appid=\"x\" version=\"1.0\" track=\"" + STABLE + "\"><updatecheck/></app></request>")).body(),
        StandardCharsets.UTF_8)).contains("error-unknownApplication").doesNotContain("manifest");
    String entity = "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><request><app appid=\"&e;\"/></request>";
    for (String bad : List.of("", "<request", "<request/>", "<other><app/></other>", entity, "x".repeat(1 << 17))) {
      assertThat(server.answer(StoreRequest.post("/update", bad)).status()).as(bad).isEqualTo(400);
    }
    assertThat(server.answer(StoreRequest.get("/update")).status()).isEqualTo(405);
    assertThat(server.answer(StoreRequest.get("/payload/../2.0")).status()).isEqualTo(404);
  }

  @Test
  void aReleaseNeedsAVersionAndAFraction() {
    assertThatThrownBy(() -> release("two", 10)).hasMessageStartingWith("cannot release version two");
    assertThatThrownBy(() -> release("2.0", 101)).hasMessageStartingWith("cannot roll out to 101");
  }

  private static String ask(OmahaServer server, String request) {
    StoreAnswer answer = server.answer(StoreRequest.post("/update", request));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).contains("text/xml");
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String app(String id, String inside) {
    return "<app appid=\"" + id + "\" version=\"1.0\" track=\"" + STABLE + "\">" + inside + "</app>";
  }

  @Test
  void theWholeAnswerIsThatOfTheProtocol() {
    Announced payload = PayloadWriter.announce(PAYLOAD);
    String answer = ask(server(release("2.0", 100)),
        "<request>" + app(APP, "<updatecheck/>") + app("other", "<updatecheck/>") + app(APP, "<ping/>") + "</request>");
    assertThat(answer).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><response protocol=\"3.0\">"
        + "<app appid=\"" + APP + "\" status=\"ok\"><updatecheck status=\"ok\">"
        + "<urls><url codebase=\"http://localhost/payload/\"></url></urls>"
        + "<manifest version=\"2.0\"><packages><package name=\"2.0\" size=\"" + PAYLOAD.length + "\" hash_sha256=\""
        + HexFormat.of().formatHex(payload.sha256()) + "\" required=\"true\"></package></packages>"
        + "<actions><action event=\"postinstall\" MetadataSize=\"" + payload.metadataSize()
        + "\" IsDeltaPayload=\"false\"></action></actions></manifest></updatecheck></app>"
        + "<app appid=\"other\" status=\"error-unknownApplication\"></app>"
        + "<app appid=\"" + APP + "\" status=\"ok\"></app></response>");
    assertThat(ask(server(), "<request>" + app(APP, "<updatecheck/>") + "</request>")).endsWith(
        "<app appid=\"" + APP + "\" status=\"ok\"><updatecheck status=\"noupdate\"></updatecheck></app></response>");
  }

  @Test
  void onlyTheApplicationThatAsksIsAnswered() {
    String answer = ask(server(release("2.0", 100)),
        "<request><updatecheck/>" + app(APP, "") + app(APP, "<updatecheck/>") + "</request>");
    assertThat(answer.indexOf("<updatecheck")).isGreaterThan(answer.lastIndexOf("<app "));
  }

  /** Who is the same device and who draws anew decides who is in a fraction. */
  @Test
  void aDeviceIsKnownByItsMachineThenItsUserThenOnlyByItsRequest() {
    OmahaServer server = server(release("2.0", 50));
    SortedSet<String> byMachine = new TreeSet<>();
    SortedSet<String> byUser = new TreeSet<>();
    SortedSet<String> byRequest = new TreeSet<>();
    SortedSet<String> machineFirst = new TreeSet<>();
    SortedSet<String> userFirst = new TreeSet<>();
    for (int i = 0; i < 64; i++) {
      draw(server, byMachine, i, "machineid=\"d" + i + "\"");
      draw(server, byUser, i, "userid=\"d" + i + "\" machineid=\"\"");
      draw(server, byRequest, i, "requestid=\"d" + i + "\"");
      draw(server, machineFirst, i, "requestid=\"x\" userid=\"y\" machineid=\"d" + i + "\"");
      draw(server, userFirst, i, "requestid=\"x\" userid=\"d" + i + "\"");
    }
    assertThat(byMachine).hasSizeBetween(16, 48).isEqualTo(byUser).isEqualTo(byRequest).isEqualTo(machineFirst)
        .isEqualTo(userFirst);
  }

  private static void draw(OmahaServer server, SortedSet<String> served, int device, String identity) {
    if (ask(server, "<request " + identity + ">" + app(APP, "<updatecheck/>") + "</request>").contains("<manifest")) {
      served.add("d" + device);
    }
  }

  @Test
  void aRequestHasUpTo64ApplicationsAnd64Kib() {
    OmahaServer server = server(release("2.0", 100));
    assertThat(ask(server, "<request>" + app("x", "").repeat(64) + "</request>").split("<app ", -1)).hasSize(65);
    assertThat(server.answer(StoreRequest.post("/update", "<request>" + app("x", "").repeat(65) + "</request>"))
        .status()).isEqualTo(400);
    String request = "<request>" + app(APP, "") + "</request>";
    String largest = request + " ".repeat((1 << 16) - request.length());
    assertThat(ask(server, largest)).contains("status=\"ok\"");
    assertThat(server.answer(StoreRequest.post("/update", largest + " ")).status()).isEqualTo(400);
  }

  @Test
  void versionsAreComparedNumberByNumber() {
    List<String> ascending = List.of("1", "1.0.0.1", "1.0.1", "1.2", "1.10", "2.0.0.9", "2.0.0.10", "10");
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(Integer.signum(release(ascending.get(i), 100).compareVersion(ascending.get(j))))
            .as(ascending.get(i) + " and " + ascending.get(j)).isEqualTo(Integer.compare(i, j));
      }
    }
    assertThat(release("15117", 100).compareVersion("15117.0.0.0")).isZero();
    assertThat(ask(server(release("2", 100)), "d", "2.0.0.0", STABLE)).contains("noupdate");
    for (String none : List.of("1.2.3.4.5", "1.", ".1", "1234567890", "")) {
      assertThatThrownBy(() -> release(none, 100)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aRollbackReachesOnlyDevicesWithANewerVersion() {
    OmahaServer server = server(new Release(STABLE, "2.0", PAYLOAD, 100, true), release("1.5", 100));
    assertThat(ask(server, "d", "2.0", STABLE)).contains("noupdate");
    assertThat(ask(server, "d", "1.0", STABLE)).contains("version=\"1.5\"").doesNotContain("_rollback");
  }

  @Test
  void aFractionIsFromNoneToAll() {
    for (double wrong : new double[] {-0.1, 100.1, Double.NaN}) {
      assertThatThrownBy(() -> release("2.0", wrong)).hasMessageStartingWith("cannot roll out to " + wrong);
    }
    assertThat(release("2.0", 0).percentage()).isZero();
    assertThat(release("2.0", 100).percentage()).isEqualTo(100);
  }

  @Test
  void anAddressThatIsNotConfiguredIsTheOneThatTheClientUses() {
    OmahaServer server = new OmahaServer(APP, List.of(release("2.0", 100)), "");
    StoreAnswer answer = server.answer(StoreRequest.post("/update",
        "<request>" + app(APP, "<updatecheck/>") + "</request>").with("host", "store.example:8080"));
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("codebase=\"http://store.example:8080/payload/\"");
  }
}
