package dev.plugpull.sim.bootloader.piboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A {@code config.txt} as one board reads it: {@code key=value} lines below filters such as {@code [pi4]}; of several
 * values of a key the last one counts, and {@code include} lines stand for the file that they name.
 */
final class PiConfig {
  private static final int DEEPEST = 8;
  private static final List<String> ALWAYS = List.of("all", "");

  private final List<String> filters;
  private final Function<String, Optional<String>> files;
  private final Map<String, String> values = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private boolean applies = true;

  private PiConfig(List<String> filters, Function<String, Optional<String>> files) {
    this.filters = filters;
    this.files = files;
  }

  /**
   * Reads it.
   *
   * @param filters the filters that hold on this board, such as {@code pi4} and {@code tryboot}
   * @param files text of another file, for {@code include}
   */
  static PiConfig read(String text, List<String> filters, Function<String, Optional<String>> files) {
    PiConfig config = new PiConfig(filters, files);
    config.add(text, 0);
    return config;
  }

  private void add(String text, int depth) {
    for (String line : text.split("\n")) {
      String words = line.strip();
      if (words.startsWith("[") && words.endsWith("]")) {
        String filter = words.substring(1, words.length() - 1).strip().toLowerCase(java.util.Locale.ROOT);
        applies = ALWAYS.contains(filter) || filters.contains(filter);
      } else if (applies && !words.isEmpty() && !words.startsWith("#")) {
        setting(words, depth);
      }
    }
  }

  private void setting(String words, int depth) {
    int equals = words.indexOf('=');
    if (words.startsWith("include ") && depth < DEEPEST) {
      String name = words.substring("include ".length()).strip();
      files.apply(name).ifPresentOrElse(
          text -> add(text, depth + 1), () -> notes.add("the included file " + name + " is missing"));
    } else if (words.startsWith("initramfs ")) {
      values.put("initramfs", words.substring("initramfs ".length()).strip().split("\\s+")[0]);
    } else if (equals > 0) {
      values.put(words.substring(0, equals).strip(), words.substring(equals + 1).strip());
    }
  }

  String value(String key, String absent) {
    return values.getOrDefault(key, absent);
  }

  List<String> notes() {
    return notes;
  }
}
