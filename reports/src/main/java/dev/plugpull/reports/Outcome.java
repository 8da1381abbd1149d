package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a crash state ends after settling, mildest first. */
public enum Outcome {
  OLD("old", "exactly the old system"),
  NEW("new", "exactly the new system"),
  MIXED("mixed", "parts of both systems"),
  STUCK("stuck", "alive, cannot update"),
  BRICK("brick", "does not come back by itself");

  private final String word;
  private final String meaning;

  Outcome(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  @JsonValue
  public String word() {
    return word;
  }

  /** The outcome in plain words. */
  public String meaning() {
    return meaning;
  }

  /** Whether the device is whole afterwards. */
  public boolean good() {
    return this == OLD || this == NEW;
  }
}
