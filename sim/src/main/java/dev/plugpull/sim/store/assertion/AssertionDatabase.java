package dev.plugpull.sim.store.assertion;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a device knows: trusted and predefined assertions that came with its software, and those it has accepted since
 * (spec 1.5). Immutable; {@link #add} gives the next state, so a cut between two additions leaves a whole earlier one.
 * What was accepted is never judged again (spec 1.6): revoking a key stops what comes, not what is there.
 *
 * <p>Of one primary key only the highest revision is kept. The file names and atomic writes of step 9 belong to the
 * device's file system, not here.
 */
public final class AssertionDatabase implements Statements {

  private static final String DELIMITER = "/";

  private final TreeMap<String, Assertion> trusted;
  private final TreeMap<String, Assertion> predefined;
  private final TreeMap<String, Assertion> stored;

  private AssertionDatabase(TreeMap<String, Assertion> trusted, TreeMap<String, Assertion> predefined,
      TreeMap<String, Assertion> stored) {
    this.trusted = trusted;
    this.predefined = predefined;
    this.stored = stored;
  }

  /** A database that has accepted nothing yet. */
  public static AssertionDatabase of(List<Assertion> trusted, List<Assertion> predefined) {
    return new AssertionDatabase(indexed(trusted), indexed(predefined), new TreeMap<>());
  }

  /** A database that had accepted those; they are not judged again (spec 1.6). */
  public static AssertionDatabase restored(List<Assertion> trusted, List<Assertion> predefined,
      List<Assertion> stored) {
    return new AssertionDatabase(indexed(trusted), indexed(predefined), indexed(stored));
  }

  /** The newest known assertion with that primary key: trusted first, then predefined, then stored. */
  @Override
  public Optional<Assertion> find(String type, String... primaryKey) {
    String name = type + DELIMITER + String.join(DELIMITER, primaryKey);
    return Optional.ofNullable(trusted.getOrDefault(name, predefined.getOrDefault(name, stored.get(name))));
  }

  /** Accepted assertions, by type and primary key. */
  public List<Assertion> stored() {
    return List.copyOf(stored.values());
  }

  /**
   * Judges and stores; the exception says which rule refused, and the database is as before.
   *
   * @param clock what the device believes about the time at this moment
   */
  public AssertionDatabase add(Assertion assertion, Clock clock) throws AssertionException {
    check(assertion, clock);
    String name = name(assertion);
    if (trusted.containsKey(name) || predefined.containsKey(name)) {
      throw AuthorityRules.refused(assertion, "its primary key is that of a trusted or predefined one");
    }
    Assertion known = stored.get(name);
    if (known != null && assertion.revision() <= known.revision()) {
      throw AuthorityRules.refused(assertion, "revision " + assertion.revision() + " is not above the known revision "
          + known.revision());
    }
    TreeMap<String, Assertion> next = new TreeMap<>(stored);
    next.put(name, assertion);
    return new AssertionDatabase(trusted, predefined, next);
  }

  /** Steps 1 to 6 of spec 1.5, without storing. */
  public void check(Assertion assertion, Clock clock) throws AssertionException {
    AssertionType type = assertion.type().orElseThrow(() ->
        AuthorityRules.refused(assertion, "its type is not known"));
    if (assertion.format() > type.maxFormat()) {
      String older = stored.containsKey(name(assertion)) ? ", an older supported one is known" : "";
      throw AuthorityRules.refused(assertion, "format " + assertion.format() + " is above " + type.maxFormat() + older);
    }
    if (!type.authority()) {
      throw AuthorityRules.refused(assertion, "a request is answered, not stored");
    }
    Assertion key = find("account-key", assertion.signKeyId()).orElseThrow(() ->
        AuthorityRules.refused(assertion, "signing key " + assertion.signKeyId() + " is not known"));
    if (!key.required("account-id").equals(assertion.authorityId())) {
      throw AuthorityRules.refused(assertion, "the signing key belongs to another account");
    }
    ValidityWindow window = ValidityWindow.of(key);
    if (!clock.allows(window)) {
      throw AuthorityRules.refused(assertion, "its key is valid " + ChainVerifier.shown(window) + ", " + clock);
    }
    ChainVerifier.publicKey(key).verify(assertion);
    AuthorityRules.constraints(key, assertion);
    Optional<Instant> stamp = assertion.time("timestamp");
    if (stamp.isPresent() && !window.holds(stamp.get())) {
      throw AuthorityRules.refused(assertion, "its timestamp lies outside the validity of its key");
    }
    AuthorityRules.check(assertion, this::trusts);
    new CrossRules(this).acceptable(assertion);
    if (type.name().equals("account-key")) {
      accountKey(assertion);
    }
  }

  /**
   * Throws when a device must not act on an accepted assertion (any more): what it speaks about was taken back, its
   * time is not now, or the device's model does not list who signed it (spec 1.4, 1.6).
   *
   * @param now what the device believes about the time
   */
  public void checkInForce(Assertion assertion, Instant now) throws AssertionException {
    new CrossRules(this).inForce(assertion, now);
  }

  private void accountKey(Assertion key) throws AssertionException {
    String account = key.required("account-id");
    ChainVerifier.publicKey(key);
    ValidityWindow.of(key);
    for (Assertion other : stored.values()) {
      if (other.typeName().equals("account-key") && other.required("account-id").equals(account)
          && other.text("name").equals(key.text("name")) && !other.primaryKey().equals(key.primaryKey())) {
        throw AuthorityRules.refused(key, "its name is taken by another key of the account");
      }
    }
  }

  @Override
  public boolean trusts(String accountId) {
    return trusted.containsKey("account" + DELIMITER + accountId);
  }

  private static TreeMap<String, Assertion> indexed(List<Assertion> assertions) {
    TreeMap<String, Assertion> index = new TreeMap<>();
    assertions.forEach(assertion -> index.put(name(assertion), assertion));
    return index;
  }

  private static String name(Assertion assertion) {
    return assertion.typeName() + DELIMITER + String.join(DELIMITER, assertion.primaryKey());
  }

  /** What a device believes about the time when it checks a key (spec 1.5, step 3). */
  public sealed interface Clock {

    /** The clock is believed: a key must be valid now. */
    record Believed(Instant now) implements Clock {}

    /** Only a lower limit is known, as when a seed is opened: a key must not have ended before it. */
    record NotBefore(Instant earliest) implements Clock {}

    private boolean allows(ValidityWindow window) {
      return switch (this) {
        case Believed(Instant now) -> window.holds(now);
        case NotBefore(Instant earliest) -> window.endsAfter(earliest);
      };
    }
  }
}
