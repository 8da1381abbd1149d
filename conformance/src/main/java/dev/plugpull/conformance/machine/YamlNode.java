package dev.plugpull.conformance.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A place in a YAML file. Every error says file, line and what is allowed there. */
public final class YamlNode {
  private static final long LARGEST_FILE = 1 << 20;

  private final Path file;
  private final String path;
  private final Node node;
  private final int parentLine;
  private final String whole;

  private YamlNode(Path file, String whole, String path, Node node, int parentLine) {
    this.file = file;
    this.whole = whole;
    this.path = path;
    this.node = node;
    this.parentLine = parentLine;
  }

  /**
   * Reads a file.
   *
   * @param whole what errors call the file's whole content, such as {@code the target}
   * @throws IOException {@code cannot read FILE: ...}
   */
  public static YamlNode read(Path file, String whole) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("cannot read " + file + ": it is a folder; name its target.yaml");
    }
    if (!Files.exists(file)) {
      throw new IOException("cannot read " + file + ": no such file");
    }
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException("cannot read " + file + ": it is larger than 1 MiB; give a short YAML file");
    }
    try {
      LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
      Node root = new Compose(settings).composeString(Files.readString(file)).orElse(null);
      return new YamlNode(file, whole, "", root, 1);
    } catch (YamlEngineException e) {
      String line = e instanceof MarkedYamlEngineException marked
          ? marked.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("") : "";
      throw new IOException("cannot read " + file + line + ": it is no YAML: "
          + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "; mend the syntax", e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new IOException("cannot read " + file + ": it is no text in UTF-8", e);
    }
  }

  /** True if the file does not say it. */
  public boolean absent() {
    return node == null;
  }

  private int line() {
    return node == null ? parentLine : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(parentLine);
  }

  /** An error at this place: {@code cannot read FILE:LINE: 'PATH' WHY}. */
  public IOException bad(String why) {
    String what = path.isEmpty() ? whole : "'" + path + "'";
    return new IOException("cannot read " + file + ":" + line() + ": " + what + " " + why);
  }

  /** The node, which must be a map with no other keys than these. */
  public YamlNode map(String... allowed) throws IOException {
    if (!(node instanceof MappingNode map)) {
      throw bad(node == null ? "is missing" : "must be a map with keys out of " + String.join(", ", allowed));
    }
    Set<String> known = Set.of(allowed);
    for (NodeTuple entry : map.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!known.contains(key)) {
        throw new YamlNode(file, whole, path, entry.getKeyNode(), line())
            .bad("has the unknown key '" + key + "'; known are " + String.join(", ", allowed));
      }
    }
    return this;
  }

  /** Keys of a map in which any are allowed, in order; none if it is absent. */
  public List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    if (node != null && !(node instanceof MappingNode)) {
      throw bad("must be a map");
    }
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
          throw bad("must have texts as keys");
        }
        keys.add(scalar.getValue());
      }
    }
    return keys;
  }

  /** What stands under a key; absent if nothing does. */
  public YamlNode get(String key) {
    String below = path.isEmpty() ? key : path + "." + key;
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
          return new YamlNode(file, whole, below, entry.getValueNode(), line());
        }
      }
    }
    return new YamlNode(file, whole, below, null, line());
  }

  /** Items of a list; none if it is absent. */
  public List<YamlNode> list() throws IOException {
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw bad("must be a list");
    }
    List<YamlNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlNode(file, whole, path + "[" + items.size() + "]", item, line()));
    }
    return items;
  }

  /** A list of texts. */
  public List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : list()) {
      texts.add(item.text());
    }
    return texts;
  }

  /** A text that must be there and must not be empty. */
  public String text() throws IOException {
    if (node == null) {
      throw bad("is missing");
    }
    if (!(node instanceof ScalarNode scalar)) {
      throw bad("must be a text");
    }
    if (scalar.getValue().isBlank()) {
      throw bad("is empty");
    }
    return scalar.getValue();
  }

  /** A text, or this one if it is absent. */
  public String text(String absent) throws IOException {
    return node == null ? absent : text();
  }

  /** A number in this range, or {@code absent}. */
  public int number(int absent, int from, int to) throws IOException {
    if (node == null) {
      return absent;
    }
    try {
      int value = Integer.parseInt(text());
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below says what is allowed.
    }
    throw bad("is '" + text() + "'; it must be a number from " + from + " to " + to);
  }

  boolean flag() throws IOException {
    String text = text("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw bad("is '" + text + "'; it must be true or false");
    }
    return text.equals("true");
  }

  String oneOf(String absent, String... allowed) throws IOException {
    String text = text(absent);
    if (!List.of(allowed).contains(text)) {
      throw bad("is '" + text + "'; it must be one of " + String.join(", ", allowed));
    }
    return text;
  }

  Pattern pattern() throws IOException {
    try {
      return Pattern.compile(text(), Pattern.MULTILINE);
    } catch (PatternSyntaxException e) {
      throw bad("is no regular expression: " + e.getDescription());
    }
  }
}
