package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a rule of gadget.yaml or the lint of a script has to say.
 *
 * @param rule id of the rule
 * @param line counted from 1; 0 for the whole file
 * @param remedy what to do
 */
public record Finding(String rule, String file, int line, Severity severity, String message, String remedy) {
  /** How much it matters: an error makes the verdict fail. */
  public enum Severity {
    ERROR("error"),
    WARNING("warning"),
    NOTE("note");

    private final String word;

    Severity(String word) {
      this.word = word;
    }

    @JsonValue
    public String word() {
      return word;
    }
  }

  /** {@code file:line}, or the file alone. */
  public String place() {
    return line > 0 ? file + ":" + line : file;
  }
}
