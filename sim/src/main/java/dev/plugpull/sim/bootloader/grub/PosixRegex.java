package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Extended POSIX expressions for {@code regexp}, on Java's engine.
 *
 * <p>The two agree on what boot scripts use: classes, groups, repetition, anchors. Inside brackets POSIX takes a
 * backslash and {@code [} literally, so both are escaped. Alternatives differ where POSIX takes the longest and
 * Java the
 * first; {@code docs/grub-differences.md} says so.
 */
final class PosixRegex {

  private static final Map<String, Object> COMPILED = new ConcurrentHashMap<>();
  private static final Object BROKEN = new Object();
  private static final int MOST_KEPT = 500;

  private PosixRegex() {}

  /** The whole match and its groups (null where a group took no part); null if nothing matches. */
  static List<String> match(String expression, String text) {
    if (COMPILED.size() > MOST_KEPT) {
      COMPILED.clear();
    }
    Object compiled = COMPILED.computeIfAbsent(expression, PosixRegex::compile);
    if (!(compiled instanceof Pattern pattern)) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    List<String> groups = new ArrayList<>();
    for (int i = 0; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    return groups;
  }

  private static Object compile(String expression) {
    try {
      return Pattern.compile(toJava(expression), Pattern.DOTALL);
    } catch (PatternSyntaxException _) {
      return BROKEN;
    }
  }

  private static String toJava(String expression) {
    StringBuilder java = new StringBuilder();
    int i = 0;
    while (i < expression.length()) {
      char c = expression.charAt(i);
      if (c == '[') {
        i = bracket(expression, i, java);
      } else if (c == '\\' && i + 1 < expression.length()) {
        char next = expression.charAt(i + 1);
        java.append(Character.isLetterOrDigit(next) ? String.valueOf(next) : "\\" + next);
        i += 2;
      } else {
        java.append(c);
        i++;
      }
    }
    return java.toString();
  }

  private static int bracket(String expression, int open, StringBuilder java) {
    int i = open + 1;
    java.append('[');
    if (i < expression.length() && expression.charAt(i) == '^') {
      java.append('^');
      i++;
    }
    int first = i;
    while (i < expression.length() && (expression.charAt(i) != ']' || i == first)) {
      char c = expression.charAt(i);
      if (c == '[' && expression.startsWith("[:", i) && expression.indexOf(":]", i) > 0) {
        int end = expression.indexOf(":]", i);
        java.append("\\p{").append(posixClass(expression.substring(i + 2, end))).append('}');
        i = end + 2;
        continue;
      }
      if (c == '\\' || c == '[' || c == ']' || c == '&') {
        java.append('\\');
      }
      java.append(c);
      i++;
    }
    java.append(']');
    return i + 1;
  }

  private static String posixClass(String name) {
    return switch (name) {
      case "xdigit" -> "XDigit";
      case "alnum" -> "Alnum";
      case "alpha" -> "Alpha";
      case "digit" -> "Digit";
      case "lower" -> "Lower";
      case "upper" -> "Upper";
      case "space" -> "Space";
      case "blank" -> "Blank";
      case "punct" -> "Punct";
      default -> "Graph";
    };
  }
}
