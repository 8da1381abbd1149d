package dev.plugpull.conformance.record;

/** What became of a crash state; the words of every report. */
public enum Outcome {
  OLD("old"),
  NEW("new"),
  /** Healthy, but neither exactly the old nor exactly the new system. */
  MIXED("mixed"),
  /** Alive, but the next update fails. */
  STUCK("stuck"),
  /** The first boot fails, and a power cycle heals it. */
  BRICK_ONCE("brickOnce"),
  BRICK_FOR_GOOD("brickForGood"),
  /** Repetitions disagreed, or nothing was decided in time. */
  UNKNOWN("unknown");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** The name in JSON. */
  public String word() {
    return word;
  }

  /**
   * The outcome of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Outcome of(String word) {
    for (Outcome outcome : values()) {
      if (outcome.word.equals(word)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is no outcome");
  }

  /** Exactly the old or exactly the new system. */
  public boolean good() {
    return this == OLD || this == NEW;
  }
}
