package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.assertion.Assertion;
import dev.plugpull.sim.store.assertion.AssertionException;
import dev.plugpull.sim.store.assertion.AssertionSigner;
import dev.plugpull.sim.store.assertion.HeaderValue;
import dev.plugpull.sim.store.assertion.SigningKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of a store: a root that devices know, and keys that the store works with and can revoke, rotate or let
 * expire. A seed fixes all of them.
 */
public final class StoreKeys {

  /** The account that owns root and store keys. */
  public static final String AUTHORITY = "canonical";
  /** When every key and statement of a simulated store begins. */
  public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int BITS = 1024;
  private static final byte[] NO_BODY = {};
  private static final int FIRST_ACCOUNT_KEY = 500;
  /** Keys by the number that their random stream begins with: making one takes longer than most tests. */
  private static final Map<Long, SigningKey> MADE = new ConcurrentHashMap<>();

  private final SigningKey root;
  private final List<SigningKey> working = new ArrayList<>();
  private final TreeMap<Integer, Assertion> statements = new TreeMap<>();
  private final long seed;
  private final TreeMap<String, SigningKey> accounts = new TreeMap<>();
  private int current;

  /** A store with one working key that does not expire. */
  public StoreKeys(long seed) {
    this.seed = seed;
    this.root = key(0);
    working.add(key(1));
    state(0, 0, Optional.empty());
  }

  private StoreKeys(StoreKeys other) {
    this.seed = other.seed;
    this.root = other.root;
    this.working.addAll(other.working);
    this.statements.putAll(other.statements);
    this.accounts.putAll(other.accounts);
    this.current = other.current;
  }

  public StoreKeys copy() {
    return new StoreKeys(this);
  }

  private SigningKey key(int number) {
    return MADE.computeIfAbsent(seed * 1000 + number, StoreKeys::generate);
  }

  private static SigningKey generate(long stream) {
    try {
      return SigningKey.generate(BITS, new SeededRandom(stream));
    } catch (AssertionException e) {
      throw new IllegalStateException("cannot make the store's keys: " + e.getMessage(), e);
    }
  }

  /** Gives a publisher or brand a key of its own. */
  void register(String account) {
    if (!account.equals(AUTHORITY)) {
      accounts.putIfAbsent(account, key(FIRST_ACCOUNT_KEY + accounts.size()));
    }
  }

  /** The statement about the key of a publisher or brand. */
  Assertion accountKey(String account) {
    SigningKey key = accounts.get(account);
    return sign(headers("account-key", "account-id", account, "name", "default", "public-key-sha3-384", key.id(),
        "since", BEGIN.toString()), key.publicKey().encoded(), root, BEGIN);
  }

  /** Accounts with keys of their own. */
  List<String> accounts() {
    return List.copyOf(accounts.keySet());
  }

  private void state(int number, int revision, Optional<Instant> until) {
    Map<String, HeaderValue> headers = headers("account-key", "revision", Integer.toString(revision), "account-id",
        AUTHORITY, "name", "store-" + number, "public-key-sha3-384", working.get(number).id(), "since",
        BEGIN.toString());
    until.ifPresent(end -> headers.put("until", HeaderValue.of(end.toString())));
    statements.put(number, sign(headers, working.get(number).publicKey().encoded(), root, BEGIN));
  }

  /** Says when the working key ends, as long as it is still trusted. */
  public void expireAt(Instant end) {
    state(current, revision() + 1, Optional.of(end));
  }

  /** Revokes the working key for all time. The store goes on signing with it until {@link #rotate}. */
  public void revoke() {
    state(current, revision() + 1, Optional.of(BEGIN));
  }

  private int revision() {
    return statements.get(current).revision();
  }

  /** Signs with a new key from now on. */
  public void rotate() {
    current = working.size();
    working.add(key(current + 1));
    state(current, 0, Optional.empty());
  }

  /** What devices of this store trust from the beginning: the account and its root key. */
  public List<Assertion> trusted() {
    Assertion account = sign(headers("account", "account-id", AUTHORITY, "display-name", "Store", "timestamp",
        BEGIN.toString(), "username", "store", "validation", "verified"), NO_BODY, root, BEGIN);
    Assertion rootKey = sign(headers("account-key", "account-id", AUTHORITY, "name", "root",
        "public-key-sha3-384", root.id(), "since", BEGIN.toString()), root.publicKey().encoded(), root, BEGIN);
    return List.of(account, rootKey);
  }

  /** The statement about the key that signs now. */
  Assertion currentKey() {
    return statements.get(current);
  }

  /** The newest statement about every working key. */
  List<Assertion> all() {
    return List.copyOf(statements.values());
  }

  /** Signs for the store's account with the working key. */
  Assertion sign(Map<String, HeaderValue> headers, Instant at) {
    return sign(headers, NO_BODY, working.get(current), at);
  }

  /** Signs for an account that was registered, or for the store's own. */
  Assertion signFor(String account, Map<String, HeaderValue> headers, Instant at) {
    headers.put("authority-id", HeaderValue.of(account));
    if (!account.equals(AUTHORITY) && !accounts.containsKey(account)) {
      throw new IllegalArgumentException("cannot sign for '" + account + "': the store has no such account");
    }
    return account.equals(AUTHORITY) ? sign(headers, at) : sign(headers, NO_BODY, accounts.get(account), at);
  }

  private static Assertion sign(Map<String, HeaderValue> headers, byte[] body, SigningKey key, Instant at) {
    try {
      return AssertionSigner.sign(headers, body, key, at);
    } catch (AssertionException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Headers of the store's authority. */
  static Map<String, HeaderValue> headers(String type, String... namesAndValues) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put("type", HeaderValue.of(type));
    headers.put("authority-id", HeaderValue.of(AUTHORITY));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], HeaderValue.of(namesAndValues[i + 1]));
    }
    return headers;
  }
}
