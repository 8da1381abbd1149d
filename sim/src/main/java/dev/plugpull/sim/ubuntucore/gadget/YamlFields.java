package dev.plugpull.sim.ubuntucore.gadget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of one map, fetched by type; a value of the wrong type becomes a finding and counts as not written.
 *
 * <p>The conversions are those of snapd's parser: every single value is also a text, and a null is like a missing key.
 */
final class YamlFields {

  private static final String CORRECT_TYPE = "write it as the gadget reference describes it";

  private final Findings findings;
  private final String what;
  private final int line;
  private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
  private final TreeSet<String> asked = new TreeSet<>();

  private YamlFields(YamlNode node, String what, Findings findings) {
    this.findings = findings;
    this.what = what;
    this.line = node.line();
    switch (node) {
      case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
      case YamlNode.Scalar scalar when scalar.isNull() -> {
        // an empty stanza has no keys
      }
      default -> wrongType(what, node, "a map");
    }
  }

  /** @param what how messages call the map */
  static YamlFields of(YamlNode node, String what, Findings findings) {
    return new YamlFields(node, what, findings);
  }

  Lines lines() {
    Map<String, Integer> keys = new TreeMap<>();
    entries.forEach((key, entry) -> keys.put(key, entry.line() == 0 ? entry.value().line() : entry.line()));
    return new Lines(line, Map.copyOf(keys));
  }

  int line() {
    return line;
  }

  /** A value, or null if it is missing or null. */
  YamlNode node(String key) {
    asked.add(key);
    YamlNode.Entry entry = entries.get(key);
    return entry == null || (entry.value() instanceof YamlNode.Scalar scalar && scalar.isNull())
        ? null
        : entry.value();
  }

  /** A text, empty if missing. */
  String text(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return "";
    }
    return text(node, "\"" + key + "\"");
  }

  private String text(YamlNode node, String called) {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar.text();
    }
    wrongType(called, node, "a single value");
    return "";
  }

  boolean flag(String key) {
    String text = text(key);
    return switch (text) {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> true;
      case "", "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> false;
      default -> {
        findings.add(GadgetRule.Y1, node(key).line(), "\"" + key + "\" of " + what + " is \"" + text
            + "\", neither true nor false", CORRECT_TYPE);
        yield false;
      }
    };
  }

  /** The items of a list of single values, without nulls. */
  List<YamlNode.Scalar> scalars(String key) {
    List<YamlNode.Scalar> scalars = new ArrayList<>();
    for (YamlNode item : items(key)) {
      if (item instanceof YamlNode.Scalar scalar) {
        scalars.add(scalar);
      } else {
        wrongType("an item of \"" + key + "\"", item, "a single value");
      }
    }
    return scalars;
  }

  List<String> texts(String key) {
    return scalars(key).stream().map(YamlNode.Scalar::text).toList();
  }

  /** The items of a list, empty if missing. */
  List<YamlNode> items(String key) {
    YamlNode node = node(key);
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    if (node != null) {
      wrongType("\"" + key + "\"", node, "a list");
    }
    return List.of();
  }

  /** The entries of a map, empty if missing. */
  List<YamlNode.Entry> entries(String key) {
    YamlNode node = node(key);
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping.entries();
    }
    if (node != null) {
      wrongType("\"" + key + "\"", node, "a map");
    }
    return List.of();
  }

  /** A size or offset in bytes, empty if missing or refused. */
  OptionalLong bytes(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return OptionalLong.empty();
    }
    String text = text(node, "\"" + key + "\"");
    try {
      return OptionalLong.of(Quantity.parse(text));
    } catch (IllegalArgumentException e) {
      findings.add(GadgetRule.Y1, node.line(), "\"" + key + "\" of " + what + ": " + e.getMessage(),
          "write a number of bytes, or a number with M (MiB) or G (GiB)");
      return OptionalLong.empty();
    }
  }

  /** Names keys that nobody asked for. */
  void reportUnknown() {
    entries.forEach(
        (key, entry) -> {
          if (!asked.contains(key) && entry.line() > 0) {
            findings.add(GadgetRule.Y3, entry.line(), "\"" + key + "\" is not a key of " + what + "; snapd ignores it",
                "correct or remove it; known here are " + String.join(", ", asked));
          }
        });
  }

  private void wrongType(String called, YamlNode node, String wanted) {
    String of = called.equals(what) ? "" : " of " + what;
    findings.add(GadgetRule.Y1, node.line(), called + of + " is " + node.kind() + " and not " + wanted, CORRECT_TYPE);
  }
}
