package dev.plugpull.sim.store.assertion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@link ChainVerifier} may use: account-keys, bare public keys whose validity nobody vouches for, the roots
 * among them, and other statements that rules speak of. An account-key that signs itself is a root when its id is well
 * known or when the caller said that its source is trusted; any other self-signed key is only a claim.
 */
public final class KeyRing {

  private static final int KEY_ID_LENGTH = 64;

  private final TreeMap<String, List<Assertion>> accountKeys = new TreeMap<>();
  private final TreeMap<String, List<Assertion>> statements = new TreeMap<>();
  private final TreeMap<String, VerificationKey> bare = new TreeMap<>();
  private final TreeMap<String, String> roots = new TreeMap<>();

  /** Takes an assertion of any type. */
  public void add(Assertion assertion, boolean trustedSource) {
    if (!assertion.typeName().equals("account-key")) {
      statements.computeIfAbsent(name(assertion.typeName(), assertion.primaryKey()), ignored -> new ArrayList<>())
          .add(assertion);
      return;
    }
    String id = assertion.text("public-key-sha3-384").orElse("");
    List<Assertion> known = accountKeys.computeIfAbsent(id, ignored -> new ArrayList<>());
    if (!known.contains(assertion)) {
      known.add(assertion);
      known.sort(Comparator.comparingInt(Assertion::revision).reversed());
    }
    if (id.length() == KEY_ID_LENGTH && id.equals(assertion.signKeyId())) {
      Optional<String> name = WellKnownRoots.name(id);
      if (trustedSource || name.isPresent()) {
        roots.put(id, name.orElse("root " + id.substring(0, 10)));
      }
    }
  }

  /** Takes a public key without an account-key; chains may end there, and say so. */
  public void addBare(VerificationKey key) {
    bare.put(key.id(), key);
  }

  /** Account-keys with that id, highest revision first. */
  List<Assertion> accountKeys(String id) {
    return accountKeys.getOrDefault(id, List.of());
  }

  /** Other assertions with that type and primary key, in any order, none of them judged. */
  List<Assertion> statements(String type, List<String> primaryKey) {
    return statements.getOrDefault(name(type, primaryKey), List.of());
  }

  private static String name(String type, List<String> primaryKey) {
    return type + "/" + String.join("/", primaryKey);
  }

  Optional<VerificationKey> bare(String id) {
    return Optional.ofNullable(bare.get(id));
  }

  Map<String, String> roots() {
    return roots;
  }

  /** Whether the account owns a root, and so may sign what only a trusted account may. */
  boolean trusts(String accountId) {
    return roots.keySet().stream().flatMap(id -> accountKeys(id).stream())
        .anyMatch(key -> key.text("account-id").orElse("").equals(accountId));
  }
}
