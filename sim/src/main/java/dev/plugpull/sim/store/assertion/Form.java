package dev.plugpull.sim.store.assertion;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The forms that texts in headers have. None is handed to a backtracking expression with nested repetition: texts are
 * foreign and may have 128 KiB.
 */
enum Form {
  ANY("text", text -> true),
  FILLED("text that is not empty", text -> !text.isEmpty()),
  ONE_LINE("one line of text", text -> !text.isEmpty() && text.indexOf('\n') < 0 && text.indexOf('\r') < 0),
  TIME("a time like 2026-01-31T12:00:00Z", Form::isTime),
  DIGEST("a SHA3-384 digest, 64 characters of base64url", text -> text.matches("[A-Za-z0-9_-]{64}")),
  ACCOUNT_ID("an account id: 32 letters and digits, or 2 to 28 of a to z, 0 to 9 and dashes",
      text -> text.matches("[a-zA-Z0-9]{32}|[-a-z0-9]{2,28}")),
  SNAP_ID("a snap id: 32 letters and digits", text -> text.matches("[a-zA-Z0-9]{32}")),
  SNAP_NAME("a snap name: 2 to 40 of a to z, 0 to 9 and single dashes, one of them a letter",
      text -> text.length() >= 2 && text.length() <= 40 && named(text)),
  KEY_NAME("a key name: a to z, 0 to 9 and single dashes, one of them a letter", Form::named),
  MODEL_NAME("a model name: a to z, 0 to 9 and single dashes", Form::dashed),
  SET_NAME("a name of a validation set: a to z, 0 to 9 and single dashes", Form::dashed),
  WORD("letters, digits and single dashes", text -> dashed(text.toLowerCase(java.util.Locale.ROOT))),
  ALIAS("an alias: letters, digits, '-', '_' and '.'", text -> text.matches("[a-zA-Z0-9][-_.a-zA-Z0-9]*")),
  USER_NAME("a user name: a to z, 0 to 9, '-', '_' and '.'", text -> text.matches("[a-z0-9][-a-z0-9._]*")),
  MODE("a mode such as run", text -> text.matches("[a-z][-a-z]+")),
  DISTRIBUTION("an ID of os-release, such as debian", text -> text.matches("[a-z0-9._-]+")),
  EMAIL("an e-mail address", text -> text.indexOf('@') > 0 && text.indexOf('@') < text.length() - 1);

  private static final Pattern RFC_3339 = Pattern.compile(
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

  private final String wanted;
  private final Predicate<String> fits;

  Form(String wanted, Predicate<String> fits) {
    this.wanted = wanted;
    this.fits = fits;
  }

  /** What a text of this form is, for a message. */
  String wanted() {
    return wanted;
  }

  boolean fits(String text) {
    return fits.test(text);
  }

  private static boolean dashed(String text) {
    return !text.isEmpty() && !text.startsWith("-") && !text.endsWith("-") && !text.contains("--")
        && text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z');
  }

  private static boolean named(String text) {
    return dashed(text) && text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
  }

  private static boolean isTime(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return false;
    }
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
