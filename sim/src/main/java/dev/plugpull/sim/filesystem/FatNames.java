package dev.plugpull.sim.filesystem;

import java.util.Locale;
import java.util.function.Predicate;

/** Long and short names as Linux' vfat makes them (mount option {@code shortname=mixed}). */
final class FatNames {
  private static final int CHARS_PER_PART = 13;

  private FatNames() {}

  /** Number of long-name slots: none if the name is upper-case 8.3 already. */
  static int parts(String name) {
    return isShort(name) ? 0 : (name.length() + CHARS_PER_PART - 1) / CHARS_PER_PART;
  }

  private static boolean isShort(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT)) && fits(name);
  }

  private static boolean fits(String name) {
    int dot = name.indexOf('.');
    String base = dot < 0 ? name : name.substring(0, dot);
    String extension = dot < 0 ? "" : name.substring(dot + 1);
    return !base.isEmpty()
        && base.length() <= 8
        && extension.length() <= 3
        && (dot < 0 || !extension.isEmpty())
        && legal(base).equals(base)
        && legal(extension).equals(extension);
  }

  /** Drops dots and spaces, replaces what a short name may not hold. */
  private static String legal(String text) {
    StringBuilder result = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c != '.' && c != ' ') {
        result.append("[];,+=".indexOf(c) >= 0 ? '_' : c);
      }
    }
    return result.toString();
  }

  /**
   * The 8.3 alias of a name.
   *
   * @param taken tells aliases that are in use
   */
  static String alias(String name, Predicate<String> taken) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (fits(upper) && !taken.test(upper)) {
      return upper;
    }
    int dot = upper.lastIndexOf('.');
    String base = legal(dot <= 0 ? upper : upper.substring(0, dot));
    String extension = dot <= 0 ? "" : legal(upper.substring(dot + 1));
    extension = extension.length() > 3 ? extension.substring(0, 3) : extension;
    for (int number = 1; ; number++) {
      String tail = "~" + number;
      int room = Math.min(base.length(), 8 - tail.length());
      String alias = base.substring(0, room) + tail + (extension.isEmpty() ? "" : "." + extension);
      if (!taken.test(alias)) {
        return alias;
      }
    }
  }
}
