package dev.plugpull.sim.store.assertion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A known type of assertion and its shape (spec 1.4).
 *
 * @param name value of the {@code type} header
 * @param primaryKey headers that name one assertion of the type, in order
 * @param maxFormat highest format this reader understands
 * @param authority whether the type has an {@code authority-id}; the others are signed by the key they speak about
 * @param sequence whether the last part of the key counts members of a sequence
 * @param keyDefaults primary-key headers that may be absent, with the value they then have
 */
public record AssertionType(
    String name, List<String> primaryKey, int maxFormat, boolean authority, boolean sequence,
    Map<String, String> keyDefaults) {

  private static final Map<String, String> PROVENANCE = Map.of("provenance", "global-upload");

  private static final Map<String, AssertionType> KNOWN = Stream.of(
      plain("account", 0, "account-id"),
      plain("account-key", 1, "public-key-sha3-384"),
      plain("model", 0, "series", "brand-id", "model"),
      plain("serial", 0, "brand-id", "model", "serial"),
      plain("base-declaration", 0, "series"),
      plain("snap-declaration", 7, "series", "snap-id"),
      plain("snap-build", 0, "snap-sha3-384"),
      provenance("snap-revision", "snap-sha3-384", "provenance"),
      provenance("snap-resource-revision",
          "snap-id", "resource-name", "resource-sha3-384", "provenance"),
      provenance("snap-resource-pair",
          "snap-id", "resource-name", "resource-revision", "snap-revision", "provenance"),
      plain("snap-developer", 0, "snap-id", "publisher-id"),
      plain("store", 0, "store"),
      plain("validation", 0, "series", "snap-id", "approved-snap-id", "approved-snap-revision"),
      sequence("validation-set", "series", "account-id", "name", "sequence"),
      plain("system-user", 2, "brand-id", "email"),
      sequence("repair", "brand-id", "repair-id"),
      plain("preseed", 0, "series", "brand-id", "model", "system-label"),
      plain("confdb-schema", 0, "account-id", "name"),
      sequence("cluster", "cluster-id", "sequence"),
      plain("request-message", 0, "account-id", "message-id"),
      plain("hardware-identity", 0, "issuer-id", "hardware-id-key-sha3-384"),
      ownKey("serial-request"),
      ownKey("device-session-request", "brand-id", "model", "serial"),
      ownKey("account-key-request", "public-key-sha3-384"),
      ownKey("confdb-control", "brand-id", "model", "serial"),
      ownKey("response-message", "account-id", "message-id", "device"))
      .collect(Collectors.toUnmodifiableMap(AssertionType::name, Function.identity()));

  /** The type of that name, or empty for one this reader does not know. */
  public static Optional<AssertionType> of(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /** Names of all known types, sorted. */
  public static List<String> names() {
    return KNOWN.keySet().stream().sorted().toList();
  }

  private static AssertionType plain(String name, int maxFormat, String... key) {
    return new AssertionType(name, List.of(key), maxFormat, true, false, Map.of());
  }

  private static AssertionType provenance(String name, String... key) {
    return new AssertionType(name, List.of(key), 0, true, false, PROVENANCE);
  }

  private static AssertionType sequence(String name, String... key) {
    return new AssertionType(name, List.of(key), 0, true, true, Map.of());
  }

  private static AssertionType ownKey(String name, String... key) {
    return new AssertionType(name, List.of(key), 0, false, false, Map.of());
  }
}
