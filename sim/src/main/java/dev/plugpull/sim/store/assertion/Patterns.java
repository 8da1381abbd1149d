package dev.plugpull.sim.store.assertion;

import java.util.List;

/**
 * Matching of header values in key constraints. Alternatives separated by {@code |} and the wildcard {@code .*} are
 * understood; every other character of a regular expression stands for itself unless it is one of
 * {@code \ [ ] ( ) { } + ? ^ $}, and then nothing matches: a constraint that is not understood allows nothing. A
 * foreign expression is never handed to a backtracking engine.
 */
final class Patterns {

  private static final String SPECIAL = "\\[](){}+?^$";

  private Patterns() {}

  static boolean matches(HeaderValue wanted, HeaderValue found) {
    if (found == null) {
      return false;
    }
    return switch (wanted) {
      case HeaderValue.Text(String pattern) -> switch (found) {
        case HeaderValue.Text(String text) -> matches(pattern, text);
        case HeaderValue.Items(var items) -> !items.isEmpty() && items.stream().allMatch(i -> matches(wanted, i));
        case HeaderValue.Entries ignored -> false;
      };
      case HeaderValue.Items(var choices) -> choices.stream().anyMatch(choice -> matches(choice, found));
      case HeaderValue.Entries(var wants) -> found instanceof HeaderValue.Entries(var has)
          && wants.entrySet().stream().allMatch(e -> matches(e.getValue(), has.get(e.getKey())));
    };
  }

  static boolean matches(String pattern, String text) {
    if (pattern.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
      return false;
    }
    return List.of(pattern.split("\\|", -1)).stream().anyMatch(choice -> wildcard(choice, text));
  }

  private static boolean wildcard(String pattern, String text) {
    String[] parts = pattern.split("\\.\\*", -1);
    if (parts.length == 1) {
      return pattern.equals(text);
    }
    if (!text.startsWith(parts[0])) {
      return false;
    }
    int at = parts[0].length();
    for (int i = 1; i + 1 < parts.length; i++) {
      int found = text.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    String last = parts[parts.length - 1];
    return text.length() - at >= last.length() && text.endsWith(last);
  }
}
