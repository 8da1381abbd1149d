package dev.plugpull.sim.store.assertion;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the headers of each type must and may say, as far as one assertion tells (spec 1.4, 1.7): without them it is no
 * assertion of its type, whoever signed it. What interfaces a declaration allows is not looked into.
 */
final class FieldRules {

  private static final String TIMESTAMP = "timestamp";
  private static final List<String> PRESENCES = List.of("required", "optional", "invalid");

  private FieldRules() {}

  static void check(Assertion assertion) throws AssertionException {
    Demands said = Demands.of(assertion);
    switch (assertion.typeName()) {
      case "account" -> account(said);
      case "account-key" -> accountKey(said, assertion);
      case "model" -> ModelRules.check(said);
      case "serial" -> serial(said);
      case "serial-request" -> serialRequest(said);
      case "snap-declaration" -> declaration(said);
      case "snap-build" -> build(said);
      case "snap-revision" -> revision(said);
      case "store" -> store(said);
      case "validation" -> validation(said);
      case "validation-set" -> validationSet(said);
      case "system-user" -> SystemUserRules.check(said, assertion);
      case "repair" -> repair(said);
      default -> said.optional(TIMESTAMP, Form.TIME);
    }
  }

  private static void account(Demands said) throws AssertionException {
    said.text("display-name", Form.FILLED);
    said.text("validation", Form.FILLED);
    said.text(TIMESTAMP, Form.TIME);
    said.optional("username", Form.ANY);
  }

  private static void accountKey(Demands said, Assertion assertion) throws AssertionException {
    said.text("account-id", Form.FILLED);
    said.optional("name", Form.KEY_NAME);
    said.text("since", Form.TIME);
    said.optional("until", Form.TIME);
    ValidityWindow.of(assertion);
    for (Demands constraint : said.maps("constraints")) {
      constraint.map("headers").text("type", Form.FILLED);
    }
  }

  private static void serial(Demands said) throws AssertionException {
    said.text("brand-id", Form.ACCOUNT_ID);
    said.text("model", Form.MODEL_NAME);
    String key = said.text("device-key", Form.FILLED);
    said.text("device-key-sha3-384", Form.DIGEST);
    said.text(TIMESTAMP, Form.TIME);
    VerificationKey read = VerificationKey.decode(key.getBytes(StandardCharsets.UTF_8));
    if (!read.id().equals(said.text("device-key-sha3-384", Form.DIGEST))) {
      throw said.wrong("device-key-sha3-384", "the id of its device-key, " + read.id());
    }
  }

  private static void serialRequest(Demands said) throws AssertionException {
    said.text("brand-id", Form.FILLED);
    said.text("model", Form.MODEL_NAME);
    said.text("request-id", Form.FILLED);
    said.optional("serial", Form.ANY);
    said.text("device-key", Form.FILLED);
  }

  private static void declaration(Demands said) throws AssertionException {
    said.text("snap-name", Form.ANY);
    said.text("publisher-id", Form.FILLED);
    said.text(TIMESTAMP, Form.TIME);
    said.texts("refresh-control", Form.ANY);
    said.map("plugs");
    said.map("slots");
    said.texts("auto-aliases", Form.ALIAS);
    Set<String> aliases = new TreeSet<>();
    for (Demands alias : said.maps("aliases")) {
      alias.text("target", Form.WORD);
      if (!aliases.add(alias.text("name", Form.ALIAS))) {
        throw alias.wrong("name", "each alias once");
      }
    }
    for (Demands delegate : said.maps("revision-authority")) {
      delegate.text("account-id", Form.ACCOUNT_ID);
      long least = delegate.optionalNumber("min-revision", 1).orElse(1L);
      long most = delegate.optionalNumber("max-revision", 1).orElse(Long.MAX_VALUE);
      if (delegate.texts("provenance", Form.WORD).isEmpty()) {
        throw delegate.missing("provenance", "a list of provenances");
      }
      if (most < least) {
        throw delegate.wrong("max-revision", "one that is not below its min-revision");
      }
    }
  }

  private static void build(Demands said) throws AssertionException {
    said.text("snap-sha3-384", Form.DIGEST);
    said.text("snap-id", Form.FILLED);
    said.text("grade", Form.FILLED);
    said.number("snap-size", 0);
    said.text(TIMESTAMP, Form.TIME);
  }

  private static void revision(Demands said) throws AssertionException {
    said.text("snap-sha3-384", Form.DIGEST);
    said.optional("provenance", Form.WORD);
    said.text("snap-id", Form.FILLED);
    said.number("snap-size", 0);
    said.number("snap-revision", 1);
    said.text("developer-id", Form.FILLED);
    said.text(TIMESTAMP, Form.TIME);
  }

  private static void store(Demands said) throws AssertionException {
    said.text("operator-id", Form.FILLED);
    String url = said.optional("url", Form.ANY).orElse("");
    if (!url.isEmpty() && !isAddress(url)) {
      throw said.wrong("url", "an address like https://store.example, without query and fragment");
    }
    said.texts("friendly-stores", Form.ANY);
    said.optional("location", Form.ANY);
    said.text(TIMESTAMP, Form.TIME);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getRawAuthority() != null
          && uri.getRawQuery() == null && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void validation(Demands said) throws AssertionException {
    said.number("approved-snap-revision", 1);
    said.truth("revoked");
    said.text(TIMESTAMP, Form.TIME);
  }

  private static void validationSet(Demands said) throws AssertionException {
    said.text("name", Form.SET_NAME);
    if (!said.has("snaps")) {
      throw said.missing("snaps", "a list of maps with name and id");
    }
    Set<String> seen = new TreeSet<>();
    for (Demands listed : said.maps("snaps")) {
      Demands snap = listed.called("snap '" + listed.text("name", Form.SNAP_NAME) + "'");
      if (!seen.add("name " + snap.text("name", Form.ANY)) || !seen.add("id " + snap.text("id", Form.SNAP_ID))) {
        throw snap.wrong("id", "each name and id once");
      }
      presence(snap);
      Demands components = snap.map("components");
      for (String name : components.names()) {
        if (components.said(name).isPresent()) {
          components.word(name, PRESENCES);
        } else {
          Demands component = components.map(name).called("component '" + name + "'");
          component.text("presence", Form.ANY);
          presence(component);
        }
      }
    }
    said.text(TIMESTAMP, Form.TIME);
  }

  private static void presence(Demands one) throws AssertionException {
    if (one.word("presence", PRESENCES).equals("invalid") && one.has("revision")) {
      throw one.wrong("revision", "none, since its presence is invalid");
    }
    one.optionalNumber("revision", 1);
  }

  private static void repair(Demands said) throws AssertionException {
    said.text("summary", Form.ONE_LINE);
    for (String list : List.of("series", "models", "architectures")) {
      said.texts(list, Form.ANY);
    }
    List<String> bases = said.texts("bases", Form.SNAP_NAME);
    for (String mode : said.texts("modes", Form.ANY)) {
      if (!Set.of("run", "recover").contains(mode)) {
        throw said.wrong("modes", "a list of run and recover");
      }
      if (bases.stream().anyMatch(Set.of("core", "core16", "core18")::contains)) {
        throw said.wrong("bases", "none that has no recovery mode, since it has 'modes'");
      }
    }
    said.truth("disabled");
    said.text(TIMESTAMP, Form.TIME);
  }
}
