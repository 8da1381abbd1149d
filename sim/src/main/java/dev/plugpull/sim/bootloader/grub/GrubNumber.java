package dev.plugpull.sim.bootloader.grub;

/**
 * GRUB's reading of numbers: leading blanks, {@code 0x} for hexadecimal, {@code 0} and an octal digit for octal, else
 * decimal; stops at the first other character.
 *
 * @param value unsigned 64 bits
 * @param end index of the first character not read
 */
record GrubNumber(long value, int end, Trouble trouble) {

  enum Trouble {
    NONE,
    NOT_A_NUMBER,
    TOO_LARGE
  }

  static GrubNumber parse(String text, int from, int givenBase) {
    int i = from;
    int base = givenBase;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    if (i < text.length() && text.charAt(i) == '0') {
      char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
      if (next == 'x' && (base == 0 || base == 16)) {
        base = 16;
        i += 2;
      } else if (base == 0 && next >= '0' && next <= '7') {
        base = 8;
      }
    }
    return digits(text, i, base == 0 ? 10 : base);
  }

  private static GrubNumber digits(String text, int from, int base) {
    long value = 0;
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 36) : -1;
      if (digit < 0 || digit >= base) {
        break;
      }
      if (Long.compareUnsigned(value, Long.divideUnsigned(~0L - digit, base)) > 0) {
        return new GrubNumber(~0L, i, Trouble.TOO_LARGE);
      }
      value = value * base + digit;
      i++;
    }
    return i == from ? new GrubNumber(0, i, Trouble.NOT_A_NUMBER) : new GrubNumber(value, i, Trouble.NONE);
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
