package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.assertion.AssertionDatabase.Clock;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may sign what: every type by the one who may and by one who may not, in the database and in a verdict. */
class AuthorityTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Clock CLOCK = new Clock.Believed(NOW);
  private static final String TIME = "2026-02-01T00:00:00Z";
  private static final Map<String, SigningKey> KEYS = new TreeMap<>(Map.of("store", key(1), "brand", key(2),
      "partner", key(3), "publisher", key(4)));
  private static final List<Assertion> WORLD = world();

  private static SigningKey key(long seed) {
    try {
      return SigningKey.generate(1024, new SeededRandom(seed));
    } catch (AssertionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs a text of headers; the body of account-keys is their key. */
  private static Assertion sign(String authority, String text) {
    try {
      SigningKey signer = KEYS.get(authority);
      String head = text.startsWith("type: account-key\n") ? text : "authority-id: " + authority + "\n" + text;
      byte[] body = {};
      if (text.startsWith("type: account-key\n")) {
        String owner = text.replaceAll("(?s).*account-id: (\\S+).*", "$1");
        body = KEYS.get(owner).publicKey().encoded();
        head = "authority-id: " + authority + "\npublic-key-sha3-384: " + KEYS.get(owner).id() + "\n" + text;
      }
      return AssertionSigner.sign(AssertionSigner.readHeaders(head.getBytes(StandardCharsets.UTF_8)), body, signer,
          Instant.parse(TIME));
    } catch (AssertionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String account(String id) {
    return "type: account\naccount-id: " + id + "\ndisplay-name: x\nvalidation: unproven\ntimestamp: " + TIME + "\n";
  }

  private static String accountKey(String id) {
    return "type: account-key\naccount-id: " + id + "\nname: default\nsince: 2026-01-01T00:00:00Z\n";
  }

  private static String declaration(int revision, String name) {
    return "type: snap-declaration\nrevision: " + revision + "\nseries: 16\nsnap-id: snap\npublisher-id: publisher\n"
        + "snap-name: " + name + "\nrevision-authority:\n  -\n    account-id: partner\n    provenance:\n      - own\n"
        + "    min-revision: 3\n    max-revision: 5\ntimestamp: " + TIME + "\n";
  }

  private static String model(String name) {
    return "type: model\nseries: 16\nbrand-id: brand\nmodel: " + name
        + "\narchitecture: amd64\ngadget: pc\nkernel: pc-kernel\ntimestamp: " + TIME + "\n";
  }

  private static List<Assertion> world() {
    List<Assertion> world = new ArrayList<>();
    for (String id : List.of("store", "brand", "partner", "publisher")) {
      world.add(sign("store", account(id)));
      world.add(sign("store", accountKey(id)));
    }
    world.add(sign("store", declaration(0, "app")));
    world.add(sign("brand", model("box") + "serial-authority:\n  - partner\n"
        + "system-user-authority:\n  - partner\npreseed-authority:\n  - partner\n"));
    world.add(sign("brand", model("open") + "system-user-authority: *\n"));
    return world;
  }

  private static AssertionDatabase device(Assertion... more) throws AssertionException {
    AssertionDatabase device = AssertionDatabase.of(WORLD.subList(0, 2), List.of());
    for (Assertion assertion : WORLD.subList(2, WORLD.size())) {
      device = device.add(assertion, CLOCK);
    }
    for (Assertion assertion : more) {
      device = device.add(assertion, CLOCK);
    }
    return device;
  }

  private static Verdict verdict(Assertion assertion, Optional<Instant> at, Assertion... more) {
    KeyRing ring = new KeyRing();
    ring.add(WORLD.get(1), true);
    WORLD.forEach(known -> ring.add(known, false));
    List.of(more).forEach(known -> ring.add(known, false));
    ring.add(assertion, false);
    return new ChainVerifier(ring, at).verify(assertion);
  }

  private static final String DEVELOPER = "type: snap-developer\nsnap-id: snap\npublisher-id: publisher\ndevelopers:\n"
      + "  -\n    developer-id: partner\n    since: 2026-01-01T00:00:00Z\n";
  private static final String VALIDATION = "type: validation\nseries: 16\nsnap-id: snap\napproved-snap-id: snap\n"
      + "approved-snap-revision: 4\nrevoked: false\ntimestamp: " + TIME + "\n";
  private static final String SERIAL =
      Samples.TEXTS.get("serial").replace("authority-id: brand\n", "");

  private static String revision(String provenance, int number) {
    return "type: snap-revision\nsnap-sha3-384: " + String.valueOf(number).repeat(64) + "\n" + provenance
        + "snap-id: snap\nsnap-revision: " + number + "\nsnap-size: 1\ndeveloper-id: publisher\ntimestamp: " + TIME
        + "\n";
  }

  private static String resource(String type, int number) {
    return "type: " + type + "\nsnap-id: snap\nresource-name: part\nresource-sha3-384: d\nresource-revision: " + number
        + "\nsnap-revision: " + number + "\nprovenance: own\nresource-size: 1\ndeveloper-id: publisher\ntimestamp: "
        + TIME + "\n";
  }

  private void taken(String authority, String text) throws AssertionException {
    Assertion good = sign(authority, text);
    assertThat(device().add(good, CLOCK).find(good.typeName(), good.primaryKey().toArray(String[]::new)))
        .contains(good);
    Verdict verdict = verdict(good, Optional.of(NOW));
    assertThat(verdict.verifies()).as(verdict.why()).isEqualTo(Verdict.Verifies.YES);
    assertThat(verdict.why()).doesNotContain("not judged");
  }

  private void refused(String authority, String text, String why) {
    Assertion bad = sign(authority, text);
    assertThatThrownBy(() -> device().add(bad, CLOCK)).isInstanceOf(AssertionException.class)
        .hasMessageContaining(why);
    Verdict verdict = verdict(bad, Optional.empty());
    assertThat(verdict.verifies()).as(verdict.why()).isEqualTo(Verdict.Verifies.NO);
    assertThat(verdict.why()).contains(why);
  }

  @Test
  void onlyTheStoreSpeaksOfAccountsKeysDeclarationsStoresAndUploads() throws Exception {
    String store = "type: store\nstore: shop\noperator-id: brand\ntimestamp: " + TIME + "\n";
    KEYS.put("newcomer", key(5));
    for (String text : List.of(account("newcomer"), store, revision("", 4), declaration(1, "app"))) {
      taken("store", text);
      refused("brand", text, "only a trusted account may sign it");
    }
    refused("brand", accountKey("partner").replace("default", "second"), "only a trusted account may sign it");
    assertThatThrownBy(() -> device().add(sign("store", store.replace("brand", "nobody")), CLOCK))
        .hasMessageContaining("account nobody is not known");
  }

  @Test
  void theBrandSignsModelsSerialsSetsAndRepairs() throws Exception {
    String model = model("new");
    String set = "type: validation-set\nseries: 16\naccount-id: brand\nname: set\nsequence: 1\nsnaps:\n  -\n"
        + "    name: app\n    id: " + Samples.ID + "\ntimestamp: " + TIME + "\n";
    String repair = "type: repair\nbrand-id: brand\nrepair-id: 1\nsummary: x\ntimestamp: " + TIME + "\n";
    taken("brand", model);
    refused("partner", model, "is not its brand-id");
    taken("brand", set);
    refused("store", set, "is not its account-id");
    taken("brand", repair);
    refused("store", repair, "is not its brand-id");
    taken("brand", SERIAL);
    taken("partner", SERIAL);
    refused("publisher", SERIAL, "serial-authority does not list 'publisher'");
    refused("partner", SERIAL.replace("box", "open"), "serial-authority does not list");
  }

  @Test
  void thePublisherSpeaksOfItsSnap() throws Exception {
    taken("publisher", VALIDATION);
    refused("brand", VALIDATION, "only the publisher of the gating snap");
    taken("publisher", DEVELOPER);
    taken("store", DEVELOPER);
    refused("partner", DEVELOPER, "is not its publisher-id");
    assertThatThrownBy(() -> device().add(sign("publisher", DEVELOPER.replace("partner", "nobody")), CLOCK))
        .hasMessageContaining("account nobody is not known");
  }

  @Test
  void anotherProvenanceIsDelegatedByTheDeclarationForSomeRevisions() throws Exception {
    String own = "provenance: own\n";
    taken("partner", revision(own, 3));
    taken("partner", revision(own, 5));
    for (int outside : new int[] {2, 6}) {
      refused("partner", revision(own, outside), "revision-authority does not list");
    }
    refused("partner", revision("provenance: other\n", 4), "revision-authority does not list");
    refused("publisher", revision(own, 4), "revision-authority does not list");
    refused("partner", revision("", 4), "only a trusted account");
    for (String type : List.of("snap-resource-revision", "snap-resource-pair")) {
      taken("partner", resource(type, 4));
      refused("brand", resource(type, 4), "revision-authority does not list");
      refused("partner", resource(type, 6), "revision-authority does not list");
    }
  }

  private static String systemUser(String models, String until) {
    return "type: system-user\nbrand-id: brand\nemail: a@b.c\nseries:\n  - 16\n" + models + "name: a\nusername: a\n"
        + "since: 2026-01-01T00:00:00Z\nuntil: " + until + "\n";
  }

  private static void inForce(Assertion assertion, String why) throws AssertionException {
    AssertionDatabase device = device(assertion);
    Verdict verdict = verdict(assertion, Optional.of(NOW));
    if (why.isEmpty()) {
      device.checkInForce(assertion, NOW);
      assertThat(verdict.why()).doesNotContain("not judged");
    } else {
      assertThatThrownBy(() -> device.checkInForce(assertion, NOW)).isInstanceOf(AssertionException.class)
          .hasMessageContaining(why);
    }
    boolean good = why.isEmpty() || why.contains("not known");
    assertThat(verdict.verifies()).as(verdict.why()).isEqualTo(good ? Verdict.Verifies.YES : Verdict.Verifies.NO);
    assertThat(verdict.why()).contains(why);
  }

  /** A device keeps these and makes no user, and preseeds nothing, from one that its model does not list. */
  @Test
  void usersAndPreseedsAreForTheModelToAllow() throws Exception {
    String box = "models:\n  - box\n";
    String late = "2026-12-01T00:00:00Z";
    inForce(sign("brand", systemUser(box, late)), "");
    inForce(sign("partner", systemUser(box, late)), "");
    inForce(sign("publisher", systemUser(box, late)), "system-user-authority does not list 'publisher'");
    inForce(sign("publisher", systemUser("models:\n  - open\n", late)), "");
    inForce(sign("brand", systemUser("", late)), "");
    inForce(sign("partner", systemUser("", late)), "its model is not known");
    inForce(sign("partner", systemUser("models:\n  - unheard-of\n", late)), "unheard-of is not known");
    inForce(sign("brand", systemUser(box, "2026-05-01T00:00:00Z")), "not at " + NOW);
    String preseed = "type: preseed\nseries: 16\nbrand-id: brand\nmodel: box\nsystem-label: a\ntimestamp: " + TIME
        + "\n";
    inForce(sign("partner", preseed), "");
    inForce(sign("publisher", preseed), "preseed-authority does not list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"snap-revision", "snap-build", "snap-declaration"})
  void whatSpeaksOfARevokedSnapIsNotInForce(String type) throws Exception {
    Assertion statement = switch (type) {
      case "snap-revision" -> sign("store", revision("", 4));
      case "snap-build" -> sign("publisher", "type: snap-build\nsnap-sha3-384: " + Samples.DIGEST
          + "\nsnap-id: snap\ngrade: stable\nsnap-size: 1\ntimestamp: " + TIME + "\n");
      default -> sign("store", declaration(0, "app"));
    };
    Assertion revocation = sign("store", declaration(1, ""));
    AssertionDatabase before = type.equals("snap-declaration") ? device() : device(statement);
    before.checkInForce(statement, NOW);
    assertThatThrownBy(() -> before.add(revocation, CLOCK).checkInForce(statement, NOW))
        .hasMessageContaining("takes it back");
    assertThat(verdict(statement, Optional.of(NOW)).verifies()).isEqualTo(Verdict.Verifies.YES);
    assertThat(verdict(statement, Optional.of(NOW), revocation).why()).contains("takes it back");
    assertThat(verdict(statement, Optional.empty(), revocation).verifies()).isEqualTo(Verdict.Verifies.YES);
    assertThat(verdict(revocation, Optional.of(NOW), statement).verifies()).isEqualTo(Verdict.Verifies.YES);
  }

  @Test
  void aValidationIsTakenBackByItsNewerRevisionAndByNobodyElse() throws Exception {
    Assertion approved = sign("publisher", VALIDATION);
    String revoked = VALIDATION.replace("revoked: false", "revoked: true\nrevision: 1");
    assertThatThrownBy(() -> device(approved, sign("publisher", revoked)).checkInForce(approved, NOW))
        .hasMessageContaining("takes it back");
    assertThat(verdict(approved, Optional.of(NOW), sign("publisher", revoked)).verifies())
        .isEqualTo(Verdict.Verifies.NO);
    // Its signature holds, but a chain is all that makes it believed: this key is nobody's.
    KEYS.put("stranger", key(6));
    assertThat(verdict(approved, Optional.of(NOW), sign("stranger", revoked)).verifies())
        .isEqualTo(Verdict.Verifies.YES);
  }
}
