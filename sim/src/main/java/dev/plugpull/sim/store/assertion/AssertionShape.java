package dev.plugpull.sim.store.assertion;

/** What every assertion must show before anything else is asked of it (spec 1.2, 1.4). */
final class AssertionShape {

  private AssertionShape() {}

  static void check(Assertion assertion) throws AssertionException {
    assertion.required("type");
    if (!Form.DIGEST.fits(assertion.required("sign-key-sha3-384"))) {
      throw Assertion.defect("header 'sign-key-sha3-384' is not " + Form.DIGEST.wanted());
    }
    int length = wholeNumber(assertion, "body-length");
    if (length != assertion.body().length) {
      throw Assertion.defect("body-length says " + length + " bytes, the body has " + assertion.body().length);
    }
    wholeNumber(assertion, "revision");
    wholeNumber(assertion, "format");
    boolean authority = assertion.type().map(AssertionType::authority)
        .orElse(assertion.headers().containsKey("authority-id"));
    if (authority) {
      assertion.required("authority-id");
    } else if (assertion.headers().containsKey("authority-id")) {
      throw Assertion.defect("type " + assertion.typeName() + " must not have an authority-id");
    }
    if (assertion.type().isPresent()) {
      primaryKey(assertion, assertion.type().get());
      FieldRules.check(assertion);
    }
  }

  private static void primaryKey(Assertion assertion, AssertionType type) throws AssertionException {
    for (String name : type.primaryKey()) {
      if (type.keyDefaults().containsKey(name) && !assertion.headers().containsKey(name)) {
        continue;
      }
      String value = assertion.required(name);
      if (value.contains("/")) {
        throw Assertion.defect("primary key header '" + name + "' must not contain '/'");
      }
      if (type.sequence() && name.equals(type.primaryKey().getLast()) && wholeNumber(assertion, name) < 1) {
        throw Assertion.defect("sequence number '" + name + "' must be at least 1");
      }
    }
  }

  /** A checked number; only called after {@link #check} has seen it. */
  static int number(Assertion assertion, String name) {
    return assertion.text(name).map(Integer::parseInt).orElse(0);
  }

  private static int wholeNumber(Assertion assertion, String name) throws AssertionException {
    if (!assertion.headers().containsKey(name)) {
      return 0;
    }
    String text = assertion.required(name);
    boolean digits = text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
    if (!digits || leadingZero || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw Assertion.defect("header '" + name + "' is no whole number: " + AssertionException.quote(text));
    }
    return Integer.parseInt(text);
  }
}
