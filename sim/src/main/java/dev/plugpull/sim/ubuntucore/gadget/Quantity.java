package dev.plugpull.sim.ubuntucore.gadget;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and offsets as gadgets write them: bytes, or MiB with {@code M}, or GiB with {@code G}; nothing else. */
final class Quantity {

  private static final Pattern FORM = Pattern.compile("(-?[0-9]+)([^0-9-].*)?", Pattern.DOTALL);
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private Quantity() {}

  /**
   * @return bytes, not negative
   * @throws IllegalArgumentException with the reason
   */
  static long parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"" + shown(text) + "\" is not a size");
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    long factor =
        switch (unit) {
          case "" -> 1;
          case "M" -> MIB;
          case "G" -> GIB;
          default -> throw new IllegalArgumentException("\"" + shown(text) + "\" has the unknown suffix \""
              + shown(unit) + "\"");
        };
    try {
      long number = Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
      if (number < 0) {
        throw new IllegalArgumentException("\"" + shown(text) + "\" is negative");
      }
      return number;
    } catch (ArithmeticException | NumberFormatException _) {
      throw new IllegalArgumentException("\"" + shown(text) + "\" is too large");
    }
  }

  /** Bytes in words: the largest unit that divides them. */
  static String words(long bytes) {
    if (bytes >= GIB && bytes % GIB == 0) {
      return bytes / GIB + " GiB";
    }
    if (bytes >= MIB && bytes % MIB == 0) {
      return bytes / MIB + " MiB";
    }
    return bytes + " bytes";
  }

  /** Sum that stays at the largest number instead of wrapping round. */
  static long plus(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > 40 ? clean.substring(0, 40) + "..." : clean;
  }
}
