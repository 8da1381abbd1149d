package dev.plugpull.sim.store.omaha;

import dev.plugpull.sim.store.payload.Announced;
import dev.plugpull.sim.store.payload.PayloadWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A release on a track.
 *
 * @param track such as {@code stable-channel}
 * @param version dotted decimal numbers, such as {@code 15117.112.0}
 * @param payload in Chrome OS's format, as {@link PayloadWriter} makes it
 * @param percentage of the devices that see it, from 0 to 100
 * @param rollback true if devices with a newer version are to go back to it
 */
public record Release(String track, String version, byte[] payload, double percentage, boolean rollback) {
  private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,3}");

  /**
   * A release.
   *
   * @throws IllegalArgumentException if the version is none, or the percentage is not from 0 to 100
   */
  public Release {
    if (!isVersion(version)) {
      throw new IllegalArgumentException("cannot release version " + version + ": up to four numbers with dots");
    }
    if (!(percentage >= 0 && percentage <= 100)) {
      throw new IllegalArgumentException("cannot roll out to " + percentage + " per cent: from 0 to 100");
    }
  }

  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  Announced announced() {
    return PayloadWriter.announce(payload);
  }

  /** Below, at or above 0 as this version is older than, equal to or newer than another one. */
  int compareVersion(String other) {
    List<Integer> mine = numbers(version);
    List<Integer> others = numbers(other);
    for (int i = 0; i < 4; i++) {
      int difference = Integer.compare(i < mine.size() ? mine.get(i) : 0, i < others.size() ? others.get(i) : 0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static List<Integer> numbers(String version) {
    return Stream.of(version.split("\\.")).map(Integer::valueOf).toList();
  }
}
