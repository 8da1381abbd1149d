package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonValue;

/** What is known of a claim. "Did not look" is {@link #UNKNOWN} or {@link #NOT_RUN}, never {@link #PASS}. */
public enum Verdict {
  /** Everything inside the printed assumptions was looked at and held. */
  PASS("pass"),
  /** A counter-example exists, is shrunk, and repeats. */
  FAIL("fail"),
  /** A budget ended, an observation was missing, or a check disagreed. */
  UNKNOWN("unknown"),
  /** An input is missing; does not enter the verdict of the certificate. */
  NOT_RUN("not run");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** The word used in every face. */
  @JsonValue
  public String word() {
    return word;
  }
}
