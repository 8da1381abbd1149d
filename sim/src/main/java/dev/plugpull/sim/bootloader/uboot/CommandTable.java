package dev.plugpull.sim.bootloader.uboot;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The commands of one build. */
final class CommandTable {

  /**
   * A command of the build.
   *
   * @param maxWords words it may have, its name included
   */
  record Entry(String name, Command command, int maxWords) {}

  private final NavigableMap<String, Entry> entries = new TreeMap<>();
  private final Map<String, Optional<Entry>> found = new ConcurrentHashMap<>();

  CommandTable(Map<String, Entry> entries) {
    this.entries.putAll(entries);
  }

  /**
   * Finds a command by its name, or by the beginning of its name if no other command begins so. What follows a dot is a
   * data width and does not belong to the name. Null if there is none.
   */
  Entry find(String word) {
    Entry exact = entries.get(word);
    if (exact != null) {
      return exact;
    }
    Optional<Entry> known = found.get(word);
    if (known == null) {
      known = Optional.ofNullable(search(word));
      if (found.size() < 4096) {
        found.put(word, known);
      }
    }
    return known.orElse(null);
  }

  private Entry search(String word) {
    int dot = word.indexOf('.');
    String name = dot < 0 ? word : word.substring(0, dot);
    Entry exact = entries.get(name);
    if (exact != null || name.isEmpty()) {
      return exact;
    }
    SortedMap<String, Entry> candidates = entries.subMap(name, name + Character.MAX_VALUE);
    return candidates.size() == 1 ? candidates.values().iterator().next() : null;
  }
}
