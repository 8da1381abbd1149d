package dev.plugpull.sim.ubuntucore.gadget;

import java.util.List;

/** A piece of a YAML document that knows its line; scalars keep the text as written, because snapd reads sizes so. */
sealed interface YamlNode {

  /** Line in the file, from 1. */
  int line();

  /** @param plain written without quotes, so that {@code ~} and {@code null} mean nothing */
  record Scalar(String text, boolean plain, int line) implements YamlNode {
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  record Sequence(List<YamlNode> items, int line) implements YamlNode {}

  /** @param entries in the order of the file; of a repeated key only the last remains, as snapd does */
  record Mapping(List<Entry> entries, int line) implements YamlNode {}

  record Entry(String key, int line, YamlNode value) {}

  /** How a person would call this kind of node. */
  default String kind() {
    return switch (this) {
      case Scalar _ -> "a single value";
      case Sequence _ -> "a list";
      case Mapping _ -> "a map";
    };
  }
}
