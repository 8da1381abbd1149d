package dev.plugpull.reports.face;

import dev.plugpull.reports.FaultStep;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The parts that there are: nothing is told of an empty one, not even its comma. */
  static String joined(String separator, String... parts) {
    return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
  }

  /** When a fault strikes: {@code boot 2, at K18 #2}; without a durability point, {@code after boot 2}. */
  static String when(FaultStep step) {
    return step.point().isEmpty()
        ? "after boot " + step.boot()
        : "boot " + step.boot() + ", at " + step.point() + (step.occurrence() > 1 ? " #" + step.occurrence() : "");
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%,.1f s", seconds);
  }
}
