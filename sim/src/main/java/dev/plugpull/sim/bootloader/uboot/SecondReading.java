package dev.plugpull.sim.bootloader.uboot;

import java.util.ArrayList;
import java.util.List;

/**
 * The second reading of a command whose variables have been replaced: blanks split, quotes and backslashes count, but
 * {@code ; $ & |} are ordinary characters and there are no reserved words.
 */
final class SecondReading {

  private final String text;
  private final List<HushWord> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean quoted;
  private boolean inQuotes;
  private int at;

  private SecondReading(String text) {
    this.text = text;
  }

  /** The words up to the first newline outside quotes; null if the text is not well formed. */
  static List<HushWord> words(String text) {
    SecondReading reading = new SecondReading(text);
    return reading.read() ? reading.words : null;
  }

  private boolean read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (!inQuotes && (c == ' ' || c == '\t' || c == '\n')) {
        endWord();
        if (c == '\n') {
          return true;
        }
      } else if (!character(c)) {
        return false;
      }
    }
    endWord();
    return true;
  }

  private boolean character(char c) {
    switch (c) {
      case '\\' -> {
        if (at >= text.length()) {
          return false;
        }
        append(c);
        append(text.charAt(at++));
      }
      case '\'' -> {
        int end = text.indexOf('\'', at);
        if (end < 0) {
          return false;
        }
        quoted = true;
        word.append(text, at, end);
        at = end + 1;
      }
      case '"' -> {
        quoted = true;
        inQuotes = !inQuotes;
      }
      case '#' -> {
        if (word.isEmpty() && !inQuotes) {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else {
          append(c);
        }
      }
      default -> append(c);
    }
    return true;
  }

  private void append(char c) {
    if (inQuotes && (c == '*' || c == '?' || c == '[' || c == '\\')) {
      word.append('\\');
    }
    word.append(c);
  }

  private void endWord() {
    if (!word.isEmpty() || quoted) {
      words.add(HushWord.of(word, quoted));
      word.setLength(0);
      quoted = false;
    }
  }
}
