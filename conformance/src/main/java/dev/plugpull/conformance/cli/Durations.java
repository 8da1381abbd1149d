package dev.plugpull.conformance.cli;

/** Lengths of time on the command line: {@code 60s}, {@code 5m}, {@code 1h}, or seconds. */
final class Durations {
  private Durations() {}

  static double seconds(String text) {
    String number = text.replaceAll("[smh]$", "");
    double factor = text.endsWith("h") ? 3600 : text.endsWith("m") ? 60 : 1;
    try {
      double seconds = Double.parseDouble(number) * factor;
      if (seconds >= 0 && seconds < 1e9) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new CannotException("cannot read time '" + text + "': not a number with s, m or h; write 60s or 5m");
  }
}
