package dev.plugpull.reports.face;

import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {
  private Words() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 boot}, {@code 2 boots}. */
  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%,.1f s", seconds);
  }
}
