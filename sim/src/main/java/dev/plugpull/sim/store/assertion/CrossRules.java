package dev.plugpull.sim.store.assertion;

import dev.plugpull.sim.store.assertion.HeaderValue.Entries;
import dev.plugpull.sim.store.assertion.HeaderValue.Items;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What other assertions must say for one to be accepted, and for acting on it (spec 1.4, 1.6, 2.9). The second set is
 * larger: a device keeps a system-user of an account that its model does not list, and makes no user of it.
 */
final class CrossRules {

  private static final String SERIES = "16";
  private static final String DECLARATION = "snap-declaration";
  private static final String EVERYBODY = "*";

  /** Another assertion is needed to judge this one, and is not there. */
  static final class Missing extends AssertionException {
    private static final long serialVersionUID = 1;

    private final String what;

    Missing(Assertion asker, String what) {
      super(AuthorityRules.refused(asker, "its " + what + " is not known").getMessage());
      this.what = "its " + what + " is not known";
    }

    /** What is missing, in words. */
    String what() {
      return what;
    }
  }

  private final Statements known;

  CrossRules(Statements known) {
    this.known = known;
  }

  /** Throws when the assertion may not be stored. */
  void acceptable(Assertion assertion) throws AssertionException {
    switch (assertion.typeName()) {
      case "account-key" -> account(assertion, "account-id");
      case DECLARATION -> account(assertion, "publisher-id");
      case "store" -> account(assertion, "operator-id");
      case "snap-revision", "snap-resource-pair" -> statementAboutSnap(assertion, "snap-revision");
      case "snap-resource-revision" -> statementAboutSnap(assertion, "resource-revision");
      case "snap-developer" -> developers(assertion);
      case "validation" -> gatedBy(assertion);
      case "serial" -> listedInModel(assertion, assertion.required("model"), "serial-authority");
      default -> { }
    }
  }

  /** Throws when a device that knows the time must not act on the assertion, although it is properly signed. */
  void inForce(Assertion assertion, Instant now) throws AssertionException {
    switch (assertion.typeName()) {
      case DECLARATION, "validation" -> notTakenBack(assertion);
      case "snap-revision", "snap-resource-revision", "snap-resource-pair", "snap-build" ->
          notTakenBack(need(assertion, DECLARATION, SERIES, assertion.required("snap-id")), assertion);
      case "system-user" -> systemUser(assertion, now);
      case "preseed" -> listedInModel(assertion, assertion.required("model"), "preseed-authority");
      default -> { }
    }
  }

  private void account(Assertion assertion, String header) throws AssertionException {
    need(assertion, "account", assertion.required(header));
  }

  private void statementAboutSnap(Assertion statement, String revisionHeader) throws AssertionException {
    account(statement, "developer-id");
    Assertion declaration = need(statement, DECLARATION, SERIES, statement.required("snap-id"));
    if (!AuthorityRules.globalUpload(statement) && !delegated(declaration, statement, revisionHeader)) {
      throw AuthorityRules.refused(statement, "the declaration's revision-authority does not list its authority "
          + AuthorityRules.shown(statement.authorityId()) + " for this provenance and revision");
    }
  }

  private static boolean delegated(Assertion declaration, Assertion statement, String revisionHeader)
      throws AssertionException {
    int revision = number(Optional.of(statement.required(revisionHeader)), 0);
    return items(declaration, "revision-authority").stream()
        .anyMatch(item -> item instanceof Entries(var entries)
            && HeaderValue.of(statement.authorityId()).equals(entries.get("account-id"))
            && entries.get("provenance") instanceof Items(var names)
            && names.contains(HeaderValue.of(statement.text("provenance").orElse("")))
            && revision >= number(text(entries, "min-revision"), 1)
            && revision <= number(text(entries, "max-revision"), Integer.MAX_VALUE));
  }

  private static Optional<String> text(Map<String, HeaderValue> entries, String name) {
    return entries.get(name) instanceof HeaderValue.Text(String text) ? Optional.of(text) : Optional.empty();
  }

  /** A revision; -1, which fits nothing, for what is none. */
  private static int number(Optional<String> text, int absent) {
    return text.map(digits -> digits.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(digits) : -1).orElse(absent);
  }

  private void developers(Assertion statement) throws AssertionException {
    account(statement, "publisher-id");
    need(statement, DECLARATION, SERIES, statement.required("snap-id"));
    for (HeaderValue item : items(statement, "developers")) {
      Optional<String> developer = item instanceof Entries(var entries) ? text(entries, "developer-id")
          : Optional.empty();
      need(statement, "account", developer.orElseThrow(
          () -> AuthorityRules.refused(statement, "one of its developers has no developer-id")));
    }
  }

  private void gatedBy(Assertion validation) throws AssertionException {
    String series = validation.required("series");
    need(validation, DECLARATION, series, validation.required("approved-snap-id"));
    Assertion gating = need(validation, DECLARATION, series, validation.required("snap-id"));
    if (!gating.required("publisher-id").equals(validation.authorityId())) {
      throw AuthorityRules.refused(validation, "only the publisher of the gating snap may sign it");
    }
  }

  /** The brand itself, or an account that the model names in a header. */
  private void listedInModel(Assertion assertion, String model, String header) throws AssertionException {
    String brand = assertion.required("brand-id");
    String authority = assertion.authorityId();
    if (authority.equals(brand)) {
      return;
    }
    Assertion stated = need(assertion, "model", SERIES, brand, model);
    boolean everybody = header.equals("system-user-authority") && stated.text(header).equals(Optional.of(EVERYBODY));
    if (!everybody && !items(stated, header).contains(HeaderValue.of(authority))) {
      throw AuthorityRules.refused(assertion, "the model's " + header + " does not list "
          + AuthorityRules.shown(authority));
    }
  }

  private void systemUser(Assertion user, Instant now) throws AssertionException {
    ValidityWindow window = ValidityWindow.of(user);
    if (window.until().isEmpty() || !window.holds(now)) {
      throw AuthorityRules.refused(user, "it holds " + ChainVerifier.shown(window) + ", not at " + now);
    }
    List<HeaderValue> models = items(user, "models");
    if (models.isEmpty() && !user.authorityId().equals(user.required("brand-id"))) {
      throw new Missing(user, "model");
    }
    for (HeaderValue model : models) {
      listedInModel(user, model instanceof HeaderValue.Text(String name) ? name : "", "system-user-authority");
    }
  }

  /** A newer revision of the same statement may take it back. */
  private void notTakenBack(Assertion statement) throws AssertionException {
    Optional<Assertion> newest = known.find(statement.typeName(), statement.primaryKey().toArray(String[]::new));
    if (newest.isPresent() && newest.get().revision() > statement.revision()) {
      notTakenBack(newest.get(), statement);
    }
  }

  private static void notTakenBack(Assertion newest, Assertion asker) throws AssertionException {
    boolean noName = newest.typeName().equals(DECLARATION) && newest.text("snap-name").orElse("").isEmpty();
    if (noName || newest.text("revoked").equals(Optional.of("true"))) {
      throw AuthorityRules.refused(asker, "revision " + newest.revision() + " of the " + newest.typeName()
          + " takes it back");
    }
  }

  private static List<HeaderValue> items(Assertion assertion, String header) {
    return assertion.headers().get(header) instanceof Items(var items) ? items : List.of();
  }

  private Assertion need(Assertion asker, String type, String... key) throws AssertionException {
    return known.find(type, key).orElseThrow(() -> new Missing(asker, type + " " + String.join("/", key)));
  }
}
