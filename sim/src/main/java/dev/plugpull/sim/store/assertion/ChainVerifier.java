package dev.plugpull.sim.store.assertion;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges single assertions by following their keys to a root. Without a moment the windows of keys are not looked at:
 * the question is then whether the signatures hold, where the chain ends, and whether the authority may sign this. With
 * a moment every key of the chain must be valid at it, the assertion's own timestamp must lie in the window of its key,
 * and nothing that is known may have taken it back (spec 1.4, 1.5 steps 2 to 6, 1.6).
 *
 * <p>Rules that speak of other assertions are applied as far as those are among what is known and hold themselves.
 */
public final class ChainVerifier {

  private static final int MAX_CHAIN = 16;

  private final KeyRing ring;
  private final Optional<Instant> at;
  private final CrossRules rules = new CrossRules(new Believed());
  /** Verdicts on account-keys, by identity of their text: many assertions share one key. */
  private final Map<Assertion, Verdict> judged = new HashMap<>();

  public ChainVerifier(KeyRing ring, Optional<Instant> at) {
    this.ring = ring;
    this.at = at;
  }

  /** Never throws: whatever is wrong with the assertion becomes the verdict. */
  public Verdict verify(Assertion assertion) {
    Verdict chain = verify(assertion, 0);
    if (chain.verifies() != Verdict.Verifies.YES || assertion.type().isEmpty()) {
      return chain;
    }
    try {
      String untold = untold(() -> rules.acceptable(assertion));
      if (at.isPresent() && untold.isEmpty()) {
        untold = untold(() -> rules.inForce(assertion, at.get()));
      }
      return untold.isEmpty() ? chain : Verdict.yes(chain.anchoredAt(), chain.why() + "; not judged: " + untold);
    } catch (AssertionException e) {
      return Verdict.no(e.getMessage());
    }
  }

  /** A rule about one assertion. */
  private interface Rule {
    void apply() throws AssertionException;
  }

  /** Applies a rule; what it lacks to decide, or nothing. */
  private static String untold(Rule rule) throws AssertionException {
    try {
      rule.apply();
      return "";
    } catch (CrossRules.Missing missing) {
      return missing.what();
    }
  }

  /** Believed are those whose own chain holds; of one key the highest revision counts. */
  private final class Believed implements Statements {
    private final Map<List<Assertion>, Optional<Assertion>> newest = new IdentityHashMap<>();

    @Override
    public Optional<Assertion> find(String type, String... primaryKey) {
      return newest.computeIfAbsent(ring.statements(type, List.of(primaryKey)), all -> all.stream()
          .filter(statement -> verify(statement, 0).verifies() == Verdict.Verifies.YES)
          .max(Comparator.comparingInt(Assertion::revision)));
    }

    @Override
    public boolean trusts(String accountId) {
      return ring.trusts(accountId);
    }
  }

  private Verdict verify(Assertion assertion, int depth) {
    Verdict known = judged.get(assertion);
    if (known != null) {
      return known;
    }
    boolean accountKey = assertion.typeName().equals("account-key");
    if (accountKey) {
      // Keys that sign one another end here, once for each key, however many claims a hostile file makes.
      judged.put(assertion, Verdict.no("its chain of keys is circular"));
    }
    Verdict verdict;
    try {
      verdict = depth > MAX_CHAIN ? Verdict.no("the chain of keys is longer than " + MAX_CHAIN)
          : judge(assertion, depth);
    } catch (AssertionException e) {
      verdict = Verdict.no(e.getMessage());
    }
    if (accountKey) {
      judged.put(assertion, verdict);
    }
    return verdict;
  }

  private Verdict judge(Assertion assertion, int depth) throws AssertionException {
    if (assertion.authorityId().isEmpty()) {
      return ownKey(assertion);
    }
    if (assertion.typeName().equals("account-key")) {
      publicKey(assertion);
      ValidityWindow.of(assertion);
      if (assertion.signKeyId().equals(assertion.text("public-key-sha3-384").orElse(""))) {
        return selfSigned(assertion);
      }
    }
    String keyId = assertion.signKeyId();
    Verdict broken = null;
    int revision = -1;
    for (Assertion accountKey : ring.accountKeys(keyId)) {
      if (accountKey.revision() < revision) {
        break;
      }
      Verdict chain = verify(accountKey, depth + 1);
      if (chain.verifies() == Verdict.Verifies.YES) {
        // Only the newest revision that holds counts: it may have ended the key's life.
        revision = accountKey.revision();
        Verdict verdict = signedBy(assertion, accountKey, chain);
        if (verdict.verifies() == Verdict.Verifies.YES) {
          return verdict;
        }
        broken = verdict;
      } else if (broken == null) {
        broken = chainEnd(accountKey, chain);
      }
    }
    if (revision >= 0) {
      return broken;
    }
    Optional<VerificationKey> bare = ring.bare(keyId);
    if (bare.isPresent()) {
      return signedByBare(assertion, bare.get());
    }
    return broken != null ? broken : Verdict.noKey("signing key " + keyId + " is not known");
  }

  private static Verdict chainEnd(Assertion accountKey, Verdict chain) {
    String why = "its account-key " + accountKey.text("public-key-sha3-384").orElse("") + " is not anchored: "
        + chain.why();
    return chain.verifies() == Verdict.Verifies.NO ? Verdict.no(why) : Verdict.noKey(why);
  }

  private Verdict signedBy(Assertion assertion, Assertion accountKey, Verdict chain) {
    try {
      String owner = accountKey.required("account-id");
      if (!owner.equals(assertion.authorityId())) {
        return Verdict.no("the signing key belongs to account " + AssertionException.quote(owner)
            + ", the authority is " + AssertionException.quote(assertion.authorityId()));
      }
      publicKey(accountKey).verify(assertion);
      AuthorityRules.constraints(accountKey, assertion);
      // Behind a bare key nobody says which accounts are trusted; who signs with it directly is taken as one.
      boolean unknownRoot = ring.roots().values().stream().noneMatch(chain.anchoredAt()::equals);
      Predicate<String> trusted = id -> ring.trusts(id) || unknownRoot && accountKeySignsForRoot(accountKey, id);
      AuthorityRules.check(assertion, trusted);
      window(assertion, ValidityWindow.of(accountKey));
      return Verdict.yes(chain.anchoredAt(), "signed by " + owner);
    } catch (AssertionException e) {
      return Verdict.no(e.getMessage());
    }
  }

  /** Whether the account-key belongs to the very account that signed it. */
  private static boolean accountKeySignsForRoot(Assertion accountKey, String accountId) {
    return accountKey.authorityId().equals(accountId);
  }

  private Verdict signedByBare(Assertion assertion, VerificationKey key) throws AssertionException {
    key.verify(assertion);
    AuthorityRules.check(assertion, id -> true);
    return Verdict.yes("recovered key " + key.id().substring(0, 10),
        "signed with a known key whose account and validity nobody vouches for");
  }

  private Verdict selfSigned(Assertion accountKey) throws AssertionException {
    publicKey(accountKey).verify(accountKey);
    String id = accountKey.signKeyId();
    if (!accountKey.required("account-id").equals(accountKey.authorityId())) {
      return Verdict.no("a self-signed key names another account than its authority");
    }
    String root = ring.roots().get(id);
    if (root == null) {
      return Verdict.noKey("key " + id + " signs itself and is not a trusted root");
    }
    window(accountKey, ValidityWindow.of(accountKey));
    return Verdict.yes(root, "trusted root");
  }

  /** Requests are signed by the key they bring along; that proves possession of the key and nothing else. */
  private static Verdict ownKey(Assertion assertion) throws AssertionException {
    Optional<byte[]> text = switch (assertion.typeName()) {
      case "account-key-request" -> Optional.of(assertion.body());
      case "serial-request" -> assertion.text("device-key").map(key -> key.getBytes(StandardCharsets.UTF_8));
      default -> Optional.empty();
    };
    if (text.isEmpty()) {
      return Verdict.noKey("signing key " + assertion.signKeyId() + " is a device's own and is not known");
    }
    VerificationKey key = VerificationKey.decode(text.get());
    if (!key.id().equals(assertion.signKeyId())) {
      return Verdict.no("signed with another key than the one it brings along");
    }
    key.verify(assertion);
    return Verdict.yes("own key " + key.id().substring(0, 10), "signed with the key it brings along");
  }

  private void window(Assertion assertion, ValidityWindow window) throws AssertionException {
    if (at.isEmpty()) {
      return;
    }
    if (!window.holds(at.get())) {
      throw AuthorityRules.refused(assertion, "its key is not valid at " + at.get() + ", only " + shown(window));
    }
    Optional<Instant> stamp = assertion.time("timestamp");
    if (stamp.isPresent() && !window.holds(stamp.get())) {
      throw AuthorityRules.refused(assertion,
          "its timestamp " + stamp.get() + " lies outside the validity of its key, " + shown(window));
    }
  }

  static String shown(ValidityWindow window) {
    return "from " + window.since() + window.until().map(until -> " until " + until).orElse(" on");
  }

  /** The key in the body of an account-key, after comparing it with the id in the headers. */
  static VerificationKey publicKey(Assertion accountKey) throws AssertionException {
    VerificationKey key = VerificationKey.decode(accountKey.body());
    if (!key.id().equals(accountKey.required("public-key-sha3-384"))) {
      throw AuthorityRules.refused(accountKey, "its public key does not have the id it names");
    }
    return key;
  }

  /** Verdicts on the assertions of one file, in order. */
  public List<Verdict> verifyAll(List<Assertion> assertions) {
    return assertions.stream().map(this::verify).toList();
  }
}
