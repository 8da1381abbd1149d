package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonValue;

/** Against whom a violation counts, found by exchanging one party for its reference twin and exploring again. */
public enum Party {
  GADGET("gadget"),
  PLATFORM("platform"),
  MEDIUM("medium"),
  /** Several single exchanges cure it. */
  SHARED("shared"),
  /** No single exchange cures it. */
  PROTOCOL("protocol"),
  /** Nobody was exchanged, so nobody is to blame yet. */
  NOT_ASKED("not asked");

  private final String word;

  Party(String word) {
    this.word = word;
  }

  @JsonValue
  public String word() {
    return word;
  }
}
