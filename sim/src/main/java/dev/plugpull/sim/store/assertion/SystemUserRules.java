package dev.plugpull.sim.store.assertion;

import java.time.ZoneOffset;
import java.util.List;

/** What a system-user assertion must and may say (spec 1.4). */
final class SystemUserRules {

  private static final String HASH = "a crypt(3) hash like $6$SALT$HASH, of kind 6 or higher";
  private static final String SALT = "[a-zA-Z0-9./]+";
  private static final int FEWEST_ROUNDS = 5000;

  private SystemUserRules() {}

  static void check(Demands said, Assertion assertion) throws AssertionException {
    said.text("email", Form.EMAIL);
    said.texts("series", Form.ANY);
    said.optional("name", Form.ANY);
    said.text("username", Form.USER_NAME);
    said.texts("ssh-keys", Form.ANY);
    password(said);
    List<String> models = said.texts("models", Form.ANY);
    serials(said, assertion, models);
    presence(said, assertion);
    said.text("since", Form.TIME);
    said.text("until", Form.TIME);
    ValidityWindow window = ValidityWindow.of(assertion);
    if (models.isEmpty() && window.until().orElseThrow()
        .isAfter(window.since().atOffset(ZoneOffset.UTC).plusYears(1).toInstant())) {
      throw said.wrong("until", "a time within a year of 'since', or name its models");
    }
  }

  private static void password(Demands said) throws AssertionException {
    String hash = said.optional("password", Form.ANY).orElse("");
    if (!hash.isEmpty() && !isHash(hash)) {
      throw said.wrong("password", HASH);
    }
    if (said.truth("force-password-change") && hash.isEmpty()) {
      throw said.wrong("force-password-change", "a password beside it");
    }
  }

  /** {@code $ID$SALT$HASH} or {@code $ID$rounds=N$SALT$HASH}. */
  private static boolean isHash(String text) {
    String[] parts = text.split("\\$", 5);
    boolean rounds = parts.length == 5;
    if (parts.length < 4 || !parts[1].matches("[0-9]{1,9}") || Integer.parseInt(parts[1]) < 6) {
      return false;
    }
    if (rounds && parts[2].startsWith("rounds=") && !(parts[2].matches("rounds=[0-9]{4,9}")
        && Integer.parseInt(parts[2].substring("rounds=".length())) >= FEWEST_ROUNDS)) {
      return false;
    }
    return parts[parts.length - 2].matches(SALT) && parts[parts.length - 1].matches(SALT);
  }

  private static void serials(Demands said, Assertion assertion, List<String> models) throws AssertionException {
    if (!said.texts("serials", Form.ANY).isEmpty() && (assertion.format() < 1 || models.size() != 1)) {
      throw said.wrong("serials", "format 1 or higher and exactly one of 'models'");
    }
  }

  private static void presence(Demands said, Assertion assertion) throws AssertionException {
    String presence = said.optional("user-presence", Form.ANY).orElse("");
    if (!presence.isEmpty() && (assertion.format() < 2 || !presence.equals("until-expiration"))) {
      throw said.wrong("user-presence", "format 2 and 'until-expiration'");
    }
  }
}
