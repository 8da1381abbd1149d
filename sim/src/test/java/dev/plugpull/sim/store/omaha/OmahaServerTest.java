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
}
