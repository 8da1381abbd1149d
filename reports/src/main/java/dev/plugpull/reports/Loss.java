package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a cut did to the writes that were pending. */
public enum Loss {
  NOTHING_KEPT("nothing kept", "every pending write lost"),
  PREFIX("prefix", "the writes up to some point kept, the rest lost"),
  DROPPED_ONE("dropped one", "one write lost, or a subset reordered"),
  TORN("torn", "one write half done"),
  ALL_KEPT("all kept", "every pending write kept");

  private final String word;
  private final String meaning;

  Loss(String word, String meaning) {
    this.word = word;
    this.meaning = meaning;
  }

  @JsonValue
  public String word() {
    return word;
  }

  public String meaning() {
    return meaning;
  }
}
