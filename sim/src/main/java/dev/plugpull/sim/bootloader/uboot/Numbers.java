package dev.plugpull.sim.bootloader.uboot;

/** How U-Boot reads numbers: as far as digits go, and garbage is 0. */
final class Numbers {

  private Numbers() {}

  /** Hexadecimal by default, with or without {@code 0x}. */
  static long hex(String text) {
    return parse(text, 16);
  }

  /** Decimal unless it begins with {@code 0x}. */
  static long decimal(String text) {
    return parse(text, 10);
  }

  /** As C does: {@code 0x} hexadecimal, {@code 0} octal, else decimal, with an optional minus sign. */
  static long signed(String text) {
    return text.startsWith("-") ? -parse(text.substring(1), 0) : parse(text, 0);
  }

  /** True if the whole text is a hexadecimal number. */
  static boolean isHex(String text) {
    int from = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
    if (text.isEmpty()) {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static long parse(String text, int base) {
    int at = 0;
    int radix = base;
    if (text.startsWith("0")) {
      if (text.length() > 1 && (text.charAt(1) == 'x' || text.charAt(1) == 'X')) {
        radix = 16;
        at = 2;
      } else if (radix == 0) {
        radix = 8;
      }
    }
    radix = radix == 0 ? 10 : radix;
    long value = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0 || digit >= radix) {
        break;
      }
      value = value * radix + digit;
    }
    return value;
  }
}
