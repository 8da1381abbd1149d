package dev.plugpull.sim.store.gvariant;

import java.util.ArrayList;
import java.util.List;

/** Where the parts of a value of some type lie: alignments, fixed sizes and framing offsets. */
final class GVariantLayout {

  static final String FIXED = "bynqiuxt";

  private GVariantLayout() {}

  /** Alignment of a type in bytes: 1, 2, 4 or 8. */
  static int alignment(String type) {
    return switch (type.charAt(0)) {
      case 'n', 'q' -> 2;
      case 'u', 'i' -> 4;
      case 't', 'x', 'v' -> 8;
      case 'a' -> alignment(type.substring(1));
      case '(', '{' -> members(type).stream().mapToInt(GVariantLayout::alignment).max().orElse(1);
      default -> 1;
    };
  }

  /** Size of a type whose values are all equally long; 0 for the others. */
  static int fixedSize(String type) {
    return switch (type.charAt(0)) {
      case 'b', 'y' -> 1;
      case 'n', 'q' -> 2;
      case 'u', 'i' -> 4;
      case 't', 'x' -> 8;
      case '(', '{' -> fixedTuple(type);
      default -> 0;
    };
  }

  private static int fixedTuple(String type) {
    int size = 0;
    for (String member : members(type)) {
      int one = fixedSize(member);
      if (one == 0) {
        return 0;
      }
      size = aligned(size, alignment(member)) + one;
    }
    return size == 0 ? 1 : aligned(size, alignment(type));
  }

  static int aligned(int at, int alignment) {
    return (at + alignment - 1) & -alignment;
  }

  /** Types of the members of a tuple or dictionary entry. */
  static List<String> members(String type) {
    List<String> members = new ArrayList<>();
    int at = 1;
    while (at < type.length() - 1) {
      int end = end(type, at);
      members.add(type.substring(at, end));
      at = end;
    }
    return members;
  }

  /** Index after the type that begins at {@code from}; -1 if none does. */
  static int end(String type, int from) {
    if (from >= type.length()) {
      return -1;
    }
    char c = type.charAt(from);
    if (FIXED.indexOf(c) >= 0 || c == 's' || c == 'v') {
      return from + 1;
    }
    if (c == 'a') {
      return end(type, from + 1);
    }
    char close = c == '(' ? ')' : c == '{' ? '}' : 0;
    int at = from + 1;
    while (close != 0 && at >= 0 && at < type.length()) {
      if (type.charAt(at) == close) {
        return at + 1;
      }
      at = end(type, at);
    }
    return -1;
  }

  /** Whether a text is exactly one type that this package knows. */
  static boolean valid(String type) {
    if (type.length() > 255 || end(type, 0) != type.length()) {
      return false;
    }
    // An entry has exactly a basic key and one value.
    for (int open = type.indexOf('{'); open >= 0; open = type.indexOf('{', open + 1)) {
      int close = end(type, open);
      boolean inArray = open > 0 && type.charAt(open - 1) == 'a';
      if (!inArray || members(type.substring(open, close)).size() != 2
          || FIXED.indexOf(type.charAt(open + 1)) < 0 && type.charAt(open + 1) != 's') {
        return false;
      }
    }
    return true;
  }

  /** Bytes of one framing offset in a container of that many bytes, offsets included. */
  static int offsetSize(long size) {
    return size == 0 ? 0 : size <= 0xff ? 1 : size <= 0xffff ? 2 : 4;
  }

  /** Bytes of one framing offset for a body of that many bytes that needs {@code count} of them. */
  static int offsetSizeFor(long body, int count) {
    for (int size : new int[] {1, 2}) {
      if (body + (long) size * count <= (1L << 8 * size) - 1) {
        return size;
      }
    }
    return 4;
  }
}
