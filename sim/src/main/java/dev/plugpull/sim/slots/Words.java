package dev.plugpull.sim.slots;

import java.util.List;

/** Lists of words inside one fact. */
final class Words {
  private Words() {}

  static String joined(List<String> words) {
    return String.join(",", words);
  }

  static List<String> split(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(","));
  }
}
