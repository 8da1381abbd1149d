package dev.plugpull.sim.store.assertion;

import dev.plugpull.sim.store.assertion.HeaderValue.Entries;
import dev.plugpull.sim.store.assertion.HeaderValue.Items;
import dev.plugpull.sim.store.assertion.HeaderValue.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the headers of each type may say, as far as one assertion tells (spec 1.4, 1.7). A header that is absent is for
 * those to miss who need it.
 */
final class FieldRules {

  private static final Set<String> BOOLEANS = Set.of("true", "false");
  private static final Set<String> PRESENCE = Set.of("required", "optional");
  private static final Set<String> ESSENTIAL = Set.of("gadget", "kernel", "snapd");
  private static final int SNAP_ID = 32;

  private FieldRules() {}

  static void check(Assertion assertion) throws AssertionException {
    Map<String, HeaderValue> headers = assertion.headers();
    assertion.time("timestamp");
    switch (assertion.typeName()) {
      case "account" -> word(headers, "validation", Set.of("unproven", "starred", "verified", "certified"));
      case "account-key", "system-user" -> {
        if (headers.containsKey("since")) {
          ValidityWindow.of(assertion);
        }
      }
      case "model" -> model(headers);
      case "snap-build" -> number(headers, "snap-size", 0);
      case "snap-revision" -> {
        number(headers, "snap-size", 0);
        number(headers, "snap-revision", 1);
      }
      case "validation" -> {
        word(headers, "revoked", BOOLEANS);
        number(headers, "approved-snap-revision", 1);
      }
      case "validation-set" -> {
        for (Map<String, HeaderValue> snap : maps(headers, "snaps")) {
          named(snap, "snaps");
          word(snap, "presence", Set.of("required", "optional", "invalid"));
          number(snap, "revision", 1);
        }
      }
      default -> { }
    }
  }

  private static void model(Map<String, HeaderValue> headers) throws AssertionException {
    boolean listed = headers.containsKey("snaps");
    for (String alone : List.of("gadget", "kernel", "required-snaps")) {
      if (listed && headers.containsKey(alone)) {
        throw Assertion.defect("a model with 'snaps' must not have '" + alone + "' beside it");
      }
    }
    if (!listed && headers.containsKey("grade")) {
      throw Assertion.defect("a model has a grade only with 'snaps'");
    }
    word(headers, "grade", Set.of("dangerous", "signed", "secured"));
    word(headers, "storage-safety", Set.of("encrypted", "prefer-encrypted", "prefer-unencrypted"));
    word(headers, "classic", BOOLEANS);
    String grade = text(headers, "grade").orElse("signed");
    if (grade.equals("secured") && !text(headers, "storage-safety").orElse("encrypted").equals("encrypted")) {
      throw Assertion.defect("a secured model must have storage-safety encrypted");
    }
    boolean classic = text(headers, "classic").orElse("").equals("true");
    if (classic && listed && text(headers, "distribution").isEmpty()) {
      throw Assertion.defect("a classic model with 'snaps' must name its distribution");
    }
    for (Map<String, HeaderValue> snap : maps(headers, "snaps")) {
      snap(snap, grade, classic);
    }
    for (Map<String, HeaderValue> set : maps(headers, "validation-sets")) {
      named(set, "validation-sets");
      word(set, "mode", Set.of("enforce", "prefer-enforce"));
      number(set, "sequence", 1);
    }
  }

  private static void snap(Map<String, HeaderValue> snap, String grade, boolean classic) throws AssertionException {
    String name = named(snap, "snaps");
    word(snap, "type", Set.of("app", "base", "core", "gadget", "kernel", "snapd"));
    word(snap, "presence", PRESENCE);
    word(snap, "classic", BOOLEANS);
    String type = text(snap, "type").orElse("app");
    Optional<String> id = text(snap, "id");
    boolean proper = id.isEmpty() ? grade.equals("dangerous") : id.get().length() == SNAP_ID;
    if (!proper) {
      throw Assertion.defect("snap " + name + " of the model must have an id of " + SNAP_ID + " characters");
    }
    if (ESSENTIAL.contains(type) && snap.containsKey("presence")) {
      throw Assertion.defect("snap " + name + " of the model is essential and must not state a presence");
    }
    boolean own = text(snap, "classic").orElse("").equals("true");
    if (own && (!classic || !type.equals("app"))) {
      throw Assertion.defect("snap " + name + " may be classic only as an app of a classic model");
    }
    String channel = text(snap, "default-channel").orElse("latest/stable");
    if (Set.of("stable", "candidate", "beta", "edge").contains(channel.split("/", 2)[0])) {
      throw Assertion.defect("the default-channel of snap " + name + " must name a track");
    }
  }

  private static Optional<String> text(Map<String, HeaderValue> entries, String name) {
    return entries.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
  }

  private static String named(Map<String, HeaderValue> entries, String list) throws AssertionException {
    return text(entries, "name").filter(name -> !name.isEmpty()).orElseThrow(
        () -> Assertion.defect("an entry of '" + list + "' has no name"));
  }

  private static void word(Map<String, HeaderValue> entries, String name, Set<String> allowed)
      throws AssertionException {
    if (entries.containsKey(name) && text(entries, name).filter(allowed::contains).isEmpty()) {
      throw Assertion.defect("header '" + name + "' is none of " + allowed.stream().sorted().toList());
    }
  }

  private static void number(Map<String, HeaderValue> entries, String name, int least) throws AssertionException {
    boolean good = text(entries, name).filter(text -> text.matches("0|[1-9][0-9]{0,17}"))
        .filter(text -> Long.parseLong(text) >= least).isPresent();
    if (entries.containsKey(name) && !good) {
      throw Assertion.defect("header '" + name + "' is no whole number from " + least + " on");
    }
  }

  /** The maps of a list; a header that is there and no list of maps is refused. */
  private static List<Map<String, HeaderValue>> maps(Map<String, HeaderValue> headers, String name)
      throws AssertionException {
    if (!headers.containsKey(name)) {
      return List.of();
    }
    if (!(headers.get(name) instanceof Items(List<HeaderValue> items))
        || !items.stream().allMatch(Entries.class::isInstance)) {
      throw Assertion.defect("header '" + name + "' is no list of maps");
    }
    return items.stream().map(item -> (Map<String, HeaderValue>) ((Entries) item).entries()).toList();
  }
}
