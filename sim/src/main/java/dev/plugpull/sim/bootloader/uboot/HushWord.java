package dev.plugpull.sim.bootloader.uboot;

import java.util.ArrayList;
import java.util.List;

/**
 * One word of the old hush parser: literal pieces with variable references between them.
 *
 * @param pieces literal, reference, literal, reference, ...; an odd number
 * @param quoted true if any part of the word was quoted, so that an empty word still counts
 */
record HushWord(List<String> pieces, boolean quoted) {

  /** Marks both ends of a variable reference in raw word text. */
  static final char REFERENCE = '\u0003';

  /** Builds a word from raw text: each backslash makes the next character literal, wherever it stands. */
  static HushWord of(CharSequence raw, boolean quoted) {
    StringBuilder piece = new StringBuilder();
    List<String> pieces = new ArrayList<>(3);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        piece.append(raw.charAt(++i));
      } else if (c == REFERENCE) {
        pieces.add(piece.toString());
        piece.setLength(0);
      } else if (c != '\\') {
        piece.append(c);
      }
    }
    pieces.add(piece.toString());
    return new HushWord(List.copyOf(pieces), quoted);
  }

  boolean hasReferences() {
    return pieces.size() > 1;
  }

  /** The text of a word without references. */
  String literal() {
    return pieces.getFirst();
  }

  /** True for {@code name=...}: a letter, then letters, digits and underscores, then an equals sign. */
  boolean isAssignment() {
    String first = pieces.getFirst();
    if (first.isEmpty() || !isLetter(first.charAt(0))) {
      return false;
    }
    int i = 1;
    while (i < first.length() && isNamePart(first.charAt(i))) {
      i++;
    }
    return i < first.length() && first.charAt(i) == '=';
  }

  /** The word with its references replaced; newlines in the result become blanks. */
  String expand(ShellVariables variables) {
    if (!hasReferences()) {
      return literal();
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      if (i % 2 == 0) {
        result.append(pieces.get(i));
      } else {
        String value = variables.expand(pieces.get(i));
        result.append(value == null ? "" : value);
      }
    }
    return result.indexOf("\n") < 0 ? result.toString() : result.toString().replace('\n', ' ');
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  static boolean isNamePart(char c) {
    return isLetter(c) || c >= '0' && c <= '9' || c == '_';
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces.size(); i++) {
      text.append(i % 2 == 0 ? pieces.get(i) : "${" + pieces.get(i) + "}");
    }
    return text.toString();
  }
}
