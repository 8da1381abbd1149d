package dev.plugpull.sim.store.assertion;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Who may sign what, as far as one assertion and the list of trusted accounts tell (spec 1.4, column "signed by"). */
final class AuthorityRules {

  private static final Set<String> TRUSTED_ONLY =
      Set.of("account", "account-key", "base-declaration", "snap-declaration", "store");
  private static final Set<String> PROVENANCE =
      Set.of("snap-revision", "snap-resource-revision", "snap-resource-pair");

  private AuthorityRules() {}

  /** Throws when the authority of the assertion may not sign it, whatever else is known. */
  static void check(Assertion assertion, Predicate<String> trusted) throws AssertionException {
    String type = assertion.typeName();
    if (TRUSTED_ONLY.contains(type) || PROVENANCE.contains(type) && globalUpload(assertion)) {
      if (!trusted.test(assertion.authorityId())) {
        throw refused(assertion, "only a trusted account may sign it, " + shown(assertion.authorityId())
            + " is none");
      }
    }
    switch (type) {
      case "model", "repair" -> same(assertion, "brand-id");
      case "validation-set", "confdb-schema" -> same(assertion, "account-id");
      case "snap-developer" -> {
        if (!trusted.test(assertion.authorityId())) {
          same(assertion, "publisher-id");
        }
      }
      default -> { }
    }
  }

  static boolean globalUpload(Assertion assertion) {
    return assertion.text("provenance").orElse("global-upload").equals("global-upload");
  }

  private static void same(Assertion assertion, String header) throws AssertionException {
    if (!assertion.required(header).equals(assertion.authorityId())) {
      throw refused(assertion, "authority-id " + shown(assertion.authorityId()) + " is not its " + header + " "
          + shown(assertion.required(header)));
    }
  }

  /**
   * Constraints of a format-1 account-key: the key may only sign what matches one of them, header by header, with
   * values read as regular expressions over the whole text.
   */
  static void constraints(Assertion accountKey, Assertion signed) throws AssertionException {
    Optional<HeaderValue> constraints = Optional.ofNullable(accountKey.headers().get("constraints"));
    if (constraints.isEmpty()) {
      return;
    }
    if (!(constraints.get() instanceof HeaderValue.Items(List<HeaderValue> items))) {
      throw new AssertionException("cannot use account-key: header 'constraints' is not a list");
    }
    for (HeaderValue item : items) {
      if (item instanceof HeaderValue.Entries(var entries)
          && entries.get("headers") instanceof HeaderValue.Entries(var wanted)) {
        if (wanted.isEmpty() || !wanted.containsKey("type")) {
          throw new AssertionException("cannot use account-key: a constraint does not name a type");
        }
        if (wanted.entrySet().stream()
            .allMatch(e -> Patterns.matches(e.getValue(), signed.headers().get(e.getKey())))) {
          return;
        }
      } else {
        throw new AssertionException("cannot use account-key: a constraint is no map with 'headers'");
      }
    }
    throw refused(signed, "the constraints of its key do not allow it");
  }

  static AssertionException refused(Assertion assertion, String why) {
    return new AssertionException("cannot accept " + assertion.typeName() + " assertion: " + why);
  }

  static String shown(String text) {
    return AssertionException.quote(text);
  }
}
