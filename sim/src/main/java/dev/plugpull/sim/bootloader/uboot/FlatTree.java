package dev.plugpull.sim.bootloader.uboot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A flattened device tree, as FIT images are, read as far as scripts need it.
 *
 * <p>Every number in it may lie: sizes, offsets and nesting are checked.
 *
 * @param properties values by name
 * @param children nodes by name
 */
record FlatTree(Map<String, byte[]> properties, Map<String, FlatTree> children) {

  static final int MAGIC = 0xd00dfeed;
  private static final int MAX_DEPTH = 32;

  /** Reads a tree; empty if the bytes are none. */
  static Optional<FlatTree> read(byte[] bytes) {
    if (bytes.length < 40 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int structure = buffer.getInt(8);
    int strings = buffer.getInt(12);
    if (structure < 0 || structure > bytes.length - 4 || strings < 0 || strings > bytes.length) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Reader(bytes, buffer, structure, strings).root());
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The node at a path of names. */
  Optional<FlatTree> node(String... path) {
    FlatTree node = this;
    for (String name : path) {
      node = node.children.get(name);
      if (node == null) {
        return Optional.empty();
      }
    }
    return Optional.of(node);
  }

  /** A property as a string without its zero byte; empty if absent. */
  Optional<String> text(String name) {
    byte[] value = properties.get(name);
    if (value == null) {
      return Optional.empty();
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(0);
    return Optional.of(end < 0 ? text : text.substring(0, end));
  }

  /** A property as a 32-bit number. */
  Optional<Integer> number(String name) {
    byte[] value = properties.get(name);
    return value == null || value.length != 4 ? Optional.empty() : Optional.of(ByteBuffer.wrap(value).getInt());
  }

  private static final class Reader {
    private static final int BEGIN = 1;
    private static final int END = 2;
    private static final int PROPERTY = 3;
    private static final int NOTHING = 4;

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final int strings;
    private int at;

    Reader(byte[] bytes, ByteBuffer buffer, int structure, int strings) {
      this.bytes = bytes;
      this.buffer = buffer;
      this.strings = strings;
      this.at = structure;
    }

    FlatTree root() {
      while (number() != BEGIN) {
        // padding before the root node
      }
      string();
      return node(0);
    }

    private FlatTree node(int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("nested too deep");
      }
      Map<String, byte[]> properties = new LinkedHashMap<>();
      Map<String, FlatTree> children = new LinkedHashMap<>();
      while (true) {
        switch (number()) {
          case BEGIN -> {
            String name = string();
            children.put(name, node(depth + 1));
          }
          case PROPERTY -> {
            int length = number();
            String name = stringAt(strings + number());
            properties.put(name, take(length));
          }
          case END -> {
            return new FlatTree(properties, children);
          }
          case NOTHING -> { }
          default -> throw new IllegalArgumentException("bad token");
        }
      }
    }

    private int number() {
      int value = buffer.getInt(at);
      at += 4;
      return value;
    }

    private byte[] take(int length) {
      if (length < 0 || length > bytes.length - at) {
        throw new IllegalArgumentException("property too long");
      }
      byte[] value = java.util.Arrays.copyOfRange(bytes, at, at + length);
      at += length + 3 & ~3;
      return value;
    }

    private String string() {
      String name = stringAt(at);
      at += name.length() + 4 & ~3;
      return name;
    }

    private String stringAt(int offset) {
      int end = offset;
      while (bytes[end] != 0) {
        end++;
      }
      return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
    }
  }
}
