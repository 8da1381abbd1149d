package dev.plugpull.sim.bootloader.uboot;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/**
 * The list of {@code name=value} entries that {@code env import}, {@code env export} and stored environments share.
 *
 * <p>Separator is a zero byte (binary) or a newline (text). A zero byte always ends a value, whichever separator is
 * asked for: that is why importing a binary {@code boot.sel} as text mostly works, except for the first variable, whose
 * name then begins with the header.
 */
final class EnvironmentText {

  private EnvironmentText() {}

  /** Reads all entries; false if an entry has an empty name (entries before it are kept). */
  static boolean read(byte[] data, char separator, boolean crlfIsLf, Map<String, String> into) {
    return read(data, separator, crlfIsLf, Set.of(), into);
  }

  /**
   * Reads entries into a map; an entry without value deletes.
   *
   * @param only names to take, empty for all; each is taken once, as U-Boot does, and then leaves this set
   */
  static boolean read(byte[] data, char separator, boolean crlfIsLf, Set<String> only, Map<String, String> into) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    if (crlfIsLf) {
      text = text.replace("\r\n", "\n");
    }
    return new Reader(text, separator, only).run(into);
  }

  /** One pass over the text; {@code at} never moves past the end by more than one entry. */
  private static final class Reader {
    private final String text;
    private final char separator;
    private final Set<String> waiting;
    private final boolean all;
    private int at;

    Reader(String text, char separator, Set<String> only) {
      this.text = text;
      this.separator = separator;
      this.waiting = only;
      this.all = only.isEmpty();
    }

    boolean run(Map<String, String> into) {
      if (text.isEmpty()) {
        return true;
      }
      do {
        skipBlanks();
        if (peek() == '#') {
          skipComment();
        } else if (!entry(into)) {
          return false;
        }
      } while (at < text.length() && peek() != 0);
      return true;
    }

    private boolean entry(Map<String, String> into) {
      int start = at;
      while (peek() != '=' && !ends(peek())) {
        at++;
      }
      String name = text.substring(Math.min(start, text.length()), Math.min(at, text.length()));
      if (ends(peek()) || ends(peekNext())) {
        at += peek() == '=' ? 2 : 1;
        if (wanted(name)) {
          into.remove(name);
        }
        return true;
      }
      at++;
      String value = value();
      if (name.isEmpty()) {
        return false;
      }
      if (wanted(name)) {
        into.put(name, value);
      }
      return true;
    }

    private String value() {
      int start = at;
      StringBuilder escaped = null;
      while (!ends(peek())) {
        if (peek() == '\\' && peekNext() != 0) {
          if (escaped == null) {
            escaped = new StringBuilder(text.substring(start, at));
          }
          at++;
        }
        if (escaped != null) {
          escaped.append(peek());
        }
        at++;
      }
      String value = escaped == null ? text.substring(start, Math.min(at, text.length())) : escaped.toString();
      at++;
      return value;
    }

    private void skipBlanks() {
      while (peek() == ' ' || peek() == '\t') {
        at++;
      }
    }

    private void skipComment() {
      while (!ends(peek())) {
        at++;
      }
      at++;
    }

    private boolean wanted(String name) {
      return all || waiting.remove(name);
    }

    private boolean ends(char c) {
      return c == 0 || c == separator;
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }

    private char peekNext() {
      return at + 1 < text.length() ? text.charAt(at + 1) : 0;
    }
  }

  /** Writes entries in the order of the map, each ended by the separator, with backslashes escaped. */
  static String write(NavigableMap<String, String> variables, char separator) {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<String, String> entry : variables.entrySet()) {
      out.append(entry.getKey()).append('=');
      appendEscaped(out, entry.getValue(), separator);
      out.append(separator);
    }
    return out.toString();
  }

  private static void appendEscaped(StringBuilder out, String value, char separator) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == separator || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
  }
}
