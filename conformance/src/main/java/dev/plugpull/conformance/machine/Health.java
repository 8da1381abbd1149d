package dev.plugpull.conformance.machine;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a healthy system said about itself.
 *
 * @param fields all {@code key=value} words; a word without a key stands under {@code version}
 */
public record Health(SortedMap<String, String> fields) {

  /** Reads the words of a line. */
  public static Health of(String line) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (String word : line.strip().split("\\s+")) {
      int equals = word.indexOf('=');
      fields.put(equals < 0 ? "version" : word.substring(0, equals), word.substring(equals + 1));
    }
    return new Health(fields);
  }

  /** True if every part of the version, and the digest, is as the other says. */
  public boolean sameSystem(Health other, Target.Health keys) {
    List<String> parts = keys.version().isEmpty() ? List.of("version") : keys.version();
    return value(keys.digest()).equals(other.value(keys.digest()))
        && parts.stream().allMatch(key -> value(key).equals(other.value(key)));
  }

  private String value(String key) {
    return fields.getOrDefault(key, "");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    fields.forEach((key, value) -> text.append(text.isEmpty() ? "" : " ").append(key).append('=').append(value));
    return text.toString();
  }
}
