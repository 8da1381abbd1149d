package dev.plugpull.sim.store.assertion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the header grammar of spec 1.2. A value after {@code name:} is simple text, or, decided by the next line, a
 * list, a map or indented text. Depth needs no bound of its own: each level costs two more spaces on its line, and the
 * headers are bounded as a whole, so nesting cannot exceed a few hundred levels.
 */
final class HeaderParser {

  private static final int LEVEL = 2;
  private static final int TEXT_LEVEL = 4;

  private final String[] lines;
  private int next;

  private HeaderParser(String[] lines) {
    this.lines = lines;
  }

  /** Parses the whole header block, given without its closing blank line; keeps the order of the text. */
  static LinkedHashMap<String, HeaderValue> parse(String head) throws AssertionException {
    HeaderParser parser = new HeaderParser(head.split("\n", -1));
    LinkedHashMap<String, HeaderValue> headers = new LinkedHashMap<>();
    while (parser.next < parser.lines.length) {
      int line = parser.next;
      String name = parser.name(0);
      if (headers.put(name, parser.value(name.length() + 1, 0)) != null) {
        throw defect(line, "repeated header " + AssertionException.quote(name));
      }
    }
    return headers;
  }

  /** A header name or map key: {@code [a-z](-?[a-z0-9])*}. */
  static boolean isName(String text) {
    if (text.isEmpty() || !lower(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean dash = c == '-' && i + 1 < text.length() && text.charAt(i + 1) != '-';
      if (!dash && !lower(c) && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return true;
  }

  private static boolean lower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private String name(int from) throws AssertionException {
    String line = lines[next];
    int colon = line.indexOf(':', from);
    if (colon < 0) {
      throw defect(next, "no ':' in " + AssertionException.quote(line));
    }
    String name = line.substring(from, colon);
    if (!isName(name)) {
      throw defect(next, "invalid header name or key " + AssertionException.quote(name));
    }
    return name;
  }

  /** The value whose introduction ends at column {@code consumed} of the current line; moves behind it. */
  private HeaderValue value(int consumed, int indent) throws AssertionException {
    String line = lines[next++];
    if (consumed < line.length()) {
      if (line.charAt(consumed) != ' ') {
        throw defect(next - 1, "no space or line break before the value in " + AssertionException.quote(line));
      }
      return new HeaderValue.Text(line.substring(consumed + 1));
    }
    if (next < lines.length && indented(lines[next], indent + LEVEL)) {
      String rest = lines[next].substring(indent + LEVEL);
      if (rest.startsWith("-")) {
        return list(indent);
      }
      if (!rest.isEmpty() && rest.charAt(0) != ' ') {
        return map(indent);
      }
    }
    return text(indent);
  }

  private HeaderValue list(int indent) throws AssertionException {
    int inner = indent + LEVEL;
    List<HeaderValue> items = new ArrayList<>();
    while (next < lines.length && indented(lines[next], inner) && lines[next].startsWith("-", inner)) {
      items.add(value(inner + 1, inner));
    }
    return new HeaderValue.Items(items);
  }

  private HeaderValue map(int indent) throws AssertionException {
    int inner = indent + LEVEL;
    TreeMap<String, HeaderValue> entries = new TreeMap<>();
    while (next < lines.length && indented(lines[next], inner)) {
      int line = next;
      String key = name(inner);
      if (entries.put(key, value(inner + key.length() + 1, inner)) != null) {
        throw defect(line, "repeated key " + AssertionException.quote(key));
      }
    }
    return new HeaderValue.Entries(entries);
  }

  private HeaderValue text(int indent) throws AssertionException {
    int inner = indent + TEXT_LEVEL;
    int first = next;
    StringBuilder text = new StringBuilder();
    while (next < lines.length && indented(lines[next], inner)) {
      text.append(next == first ? "" : "\n").append(lines[next], inner, lines[next].length());
      next++;
    }
    if (next == first) {
      throw defect(first - 1, "nothing indented by " + inner + " spaces follows " + AssertionException.quote(
          lines[first - 1]));
    }
    return new HeaderValue.Text(text.toString());
  }

  private static boolean indented(String line, int spaces) {
    if (line.length() < spaces) {
      return false;
    }
    for (int i = 0; i < spaces; i++) {
      if (line.charAt(i) != ' ') {
        return false;
      }
    }
    return true;
  }

  private static AssertionException defect(int line, String why) {
    return new AssertionException("cannot read assertion headers: line " + (line + 1) + ": " + why);
  }
}
