package dev.plugpull.sim.store.assertion;

/**
 * What can be said about one assertion.
 *
 * @param verifies whether signature, chain and authority hold
 * @param anchoredAt where the chain ends, {@code "-"} unless {@code verifies} is {@link Verifies#YES}
 * @param why one sentence for a person
 */
public record Verdict(Verifies verifies, String anchoredAt, String why) {

  /** {@code NO_KEY}: nothing is wrong, but the key, or a key of its chain, is not known. */
  public enum Verifies {
    YES("yes"), NO("no"), NO_KEY("no-key");

    private final String text;

    Verifies(String text) {
      this.text = text;
    }

    /** The word used in results. */
    public String text() {
      return text;
    }
  }

  static Verdict yes(String anchoredAt, String why) {
    return new Verdict(Verifies.YES, anchoredAt, why);
  }

  static Verdict no(String why) {
    return new Verdict(Verifies.NO, "-", why);
  }

  static Verdict noKey(String why) {
    return new Verdict(Verifies.NO_KEY, "-", why);
  }
}
