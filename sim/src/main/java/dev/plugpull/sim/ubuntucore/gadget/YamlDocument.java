package dev.plugpull.sim.ubuntucore.gadget;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The first document of a YAML text as a tree with lines.
 *
 * <p>Built from the parser's events, so that depth, anchors and the size after expanding aliases are bounded before
 * anything is built from them.
 *
 * @param root the document, null if there is none
 * @param duplicates keys that appear twice in one map; snapd takes the last and says nothing
 */
record YamlDocument(YamlNode root, List<Duplicate> duplicates) {

  /** Largest text that is looked at, in bytes; real gadgets stay below 64 KiB. */
  static final int LIMIT = 1 << 20;

  private static final int DEEPEST = 100;
  private static final long MOST_NODES = 200_000;

  record Duplicate(String key, int line, int firstLine) {}

  /**
   * Parses a text.
   *
   * @param where the file, for messages
   * @throws UnreadableGadgetException if it is not YAML or breaks a bound
   */
  static YamlDocument parse(byte[] bytes, String where) {
    String text = decode(bytes, where);
    Builder builder = new Builder(where);
    LoadSettings settings = LoadSettings.builder().setLabel(where).setCodePointLimit(LIMIT).build();
    Iterator<Event> events = new Parse(settings).parseString(text).iterator();
    YamlNode root = null;
    for (Event event = next(events, where); event != null; event = next(events, where)) {
      YamlNode done = builder.take(event);
      root = done == null ? root : done;
    }
    return new YamlDocument(root, List.copyOf(builder.duplicates));
  }

  /** The next event of the first document, null at its end. */
  private static Event next(Iterator<Event> events, String where) {
    try {
      Event event = events.hasNext() ? events.next() : null;
      return event instanceof DocumentEndEvent ? null : event;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw unreadable(where, line, "not valid YAML: " + printable(e.getProblem()));
    } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The library lets the last two out on broken escapes such as backslash u at the end of the text.
      throw unreadable(where, 0, "not valid YAML: " + printable(String.valueOf(e.getMessage())));
    }
  }

  private static String decode(byte[] bytes, String where) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new UnreadableGadgetException(
            where, "binary data (a zero byte at offset " + i + ")", "give the YAML text of the gadget");
      }
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UnreadableGadgetException(where, "not UTF-8 text", "save the file as UTF-8");
    }
  }

  private static UnreadableGadgetException unreadable(String where, int line, String why) {
    return new UnreadableGadgetException(line > 0 ? where + ":" + line : where, why, "correct the file");
  }

  private static String printable(String text) {
    String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
  }

  /** Puts nodes together while events arrive. */
  private static final class Builder {
    private final String where;
    private final List<Frame> open = new ArrayList<>();
    private final Map<String, YamlNode> anchors = new LinkedHashMap<>();
    private final Set<String> openAnchors = new TreeSet<>();
    private final Map<YamlNode, Long> weights = new IdentityHashMap<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private long nodes;

    /** A collection that has begun; {@code key} is the pending key of a map. */
    private static final class Frame {
      private final boolean map;
      private final int line;
      private final String anchor;
      private final List<YamlNode> items = new ArrayList<>();
      private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      private YamlNode.Scalar key;
      private long weight = 1;

      Frame(boolean map, int line, String anchor) {
        this.map = map;
        this.line = line;
        this.anchor = anchor;
      }

      YamlNode close() {
        return map
            ? new YamlNode.Mapping(List.copyOf(entries.values()), line)
            : new YamlNode.Sequence(List.copyOf(items), line);
      }
    }

    Builder(String where) {
      this.where = where;
    }

    /** Takes one event; returns the root once it is complete. */
    YamlNode take(Event event) {
      int line = event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
      return switch (event) {
        case ScalarEvent scalar -> {
          boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag().isEmpty();
          String anchor = scalar.getAnchor().map(Object::toString).orElse(null);
          count(1, line);
          yield complete(new YamlNode.Scalar(scalar.getValue(), plain, line), anchor, 1);
        }
        case AliasEvent alias -> alias(alias.getAlias().toString(), line);
        case MappingStartEvent start -> open(true, line, start.getAnchor().map(Object::toString).orElse(null));
        case SequenceStartEvent start -> open(false, line, start.getAnchor().map(Object::toString).orElse(null));
        case MappingEndEvent _ -> close();
        case SequenceEndEvent _ -> close();
        default -> null;
      };
    }

    private YamlNode open(boolean map, int line, String anchor) {
      if (open.size() >= DEEPEST) {
        throw unreadable(where, line, "nested more than " + DEEPEST + " levels deep");
      }
      if (anchor != null) {
        openAnchors.add(anchor);
        anchors.remove(anchor);
      }
      count(1, line);
      open.add(new Frame(map, line, anchor));
      return null;
    }

    private YamlNode close() {
      Frame frame = open.removeLast();
      if (frame.anchor != null) {
        openAnchors.remove(frame.anchor);
      }
      return complete(frame.close(), frame.anchor, frame.weight);
    }

    private YamlNode alias(String name, int line) {
      if (openAnchors.contains(name)) {
        throw unreadable(where, line, "anchor \"" + name + "\" contains itself");
      }
      YamlNode node = anchors.get(name);
      if (node == null) {
        throw unreadable(where, line, "no anchor is named \"" + name + "\"");
      }
      long weight = weights.getOrDefault(node, 1L);
      count(weight, line);
      return complete(node, null, weight);
    }

    private void count(long weight, int line) {
      nodes += weight;
      if (nodes > MOST_NODES) {
        throw unreadable(where, line, "more than " + MOST_NODES + " values once aliases are expanded");
      }
    }

    private YamlNode complete(YamlNode node, String anchor, long weight) {
      if (anchor != null) {
        anchors.put(anchor, node);
        weights.put(node, weight);
      }
      if (open.isEmpty()) {
        return node;
      }
      Frame frame = open.getLast();
      frame.weight += weight;
      if (!frame.map) {
        frame.items.add(node);
      } else if (frame.key == null) {
        frame.key = key(node);
      } else {
        entry(frame, frame.key, node);
        frame.key = null;
      }
      return null;
    }

    private YamlNode.Scalar key(YamlNode node) {
      if (node instanceof YamlNode.Scalar scalar) {
        return scalar;
      }
      throw unreadable(where, node.line(), "a map has " + node.kind() + " as a key");
    }

    private void entry(Frame frame, YamlNode.Scalar key, YamlNode value) {
      if (key.plain() && key.text().equals("<<")) {
        merge(frame, value);
        return;
      }
      YamlNode.Entry before = frame.entries.remove(key.text());
      if (before != null && before.line() != 0) {
        duplicates.add(new Duplicate(key.text(), key.line(), before.line()));
      }
      frame.entries.put(key.text(), new YamlNode.Entry(key.text(), key.line(), value));
    }

    /** The merge key: keys of the merged map stand unless the map has them itself. */
    private void merge(Frame frame, YamlNode value) {
      switch (value) {
        case YamlNode.Mapping mapping ->
            mapping.entries().forEach(
                entry -> frame.entries.putIfAbsent(entry.key(), new YamlNode.Entry(entry.key(), 0, entry.value())));
        case YamlNode.Sequence sequence -> sequence.items().forEach(item -> merge(frame, item));
        case YamlNode.Scalar scalar ->
            throw unreadable(where, scalar.line(), "a merge key needs a map, not a single value");
      }
    }
  }
}
