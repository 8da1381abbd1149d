package dev.plugpull.sim.bootloader.grub;

/** GRUB's escaping of {@code *}, {@code ?} and backslash between the quoting rules and file-name matching. */
final class Patterns {

  private Patterns() {}

  /** True if an unescaped {@code *} or {@code ?} is in the text. */
  static boolean isMagic(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?') {
        return true;
      }
    }
    return false;
  }

  static String escape(String text) {
    if (text.indexOf('*') < 0 && text.indexOf('?') < 0 && text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 4);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*' || c == '?' || c == '\\') {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Values of unquoted variables keep their {@code *} and {@code ?} active, their backslashes not. */
  static String escapeBackslashes(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder escaped = new StringBuilder(value.length() + 4);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        escaped.append('\\');
        if (i + 1 < value.length() && (value.charAt(i + 1) == '?' || value.charAt(i + 1) == '*')) {
          escaped.append('\\');
        }
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /** Takes the escapes out; a backslash before a newline joins the lines. */
  static String unescape(String pattern) {
    if (pattern.indexOf('\\') < 0) {
      return pattern;
    }
    StringBuilder text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\' && i + 1 < pattern.length()) {
        i++;
        c = pattern.charAt(i);
      }
      text.append(c);
    }
    return text.toString();
  }
}
