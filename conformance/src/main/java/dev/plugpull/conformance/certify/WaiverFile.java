package dev.plugpull.conformance.certify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads {@code --waive FILE}: {@code waivers:} with {@code id}, {@code reason} and {@code expires} (a date) each. */
public final class WaiverFile {
  private WaiverFile() {}

  /** Reads waivers; {@code today} decides which have expired. */
  public static Waivers read(Path file, LocalDate today) throws IOException {
    List<Waivers.Waiver> waivers = new ArrayList<>();
    if (!(BoardFile.map(file).get("waivers") instanceof Collection<?> entries)) {
      throw BoardFile.unreadable(file, "it has no list `waivers`", "write waivers: with id, reason and expires");
    }
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> map)) {
        throw BoardFile.unreadable(file, "a waiver is no map", "write id, reason and expires");
      }
      waivers.add(new Waivers.Waiver(text(file, map, "id"), text(file, map, "reason"), date(file, map)));
    }
    return new Waivers(waivers, today);
  }

  private static String text(Path file, Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null || String.valueOf(value).isBlank()) {
      throw BoardFile.unreadable(file, "a waiver has no " + key, "each needs id, reason and expires");
    }
    return String.valueOf(value);
  }

  private static LocalDate date(Path file, Map<?, ?> map) {
    String text = text(file, map, "expires");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw BoardFile.unreadable(file, "'" + text + "' is no date", "write expires: 2027-01-31");
    }
  }
}
