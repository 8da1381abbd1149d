package dev.plugpull.sim.store.assertion;

/** An assertion, key or signature that cannot be used; the message says what cannot be done and why, in lower case. */
public class AssertionException extends Exception {

  private static final long serialVersionUID = 1L;

  public AssertionException(String message) {
    super(message);
  }

  AssertionException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The reason alone, without what cannot be done. */
  public String why() {
    int end = getMessage().indexOf(": ");
    return getMessage().startsWith("cannot ") && end > 0 ? getMessage().substring(end + 2) : getMessage();
  }

  /** Quotes foreign text for a message: at most 60 characters, control characters shown as dots. */
  static String quote(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints().limit(60).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '.' : c));
    return shown.append(text.codePointCount(0, text.length()) > 60 ? "...'" : "'").toString();
  }
}
