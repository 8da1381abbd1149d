package dev.plugpull.sim.bootloader.uboot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code setexpr}: arithmetic on hexadecimal numbers and memory, string concatenation and regular expressions. */
final class SetExprCommand {

  private static final int TEXT_LIMIT = 16384;

  private SetExprCommand() {}

  static int run(Session session, String[] words) {
    int count = words.length;
    if (count < 3) {
      return Command.USAGE;
    }
    int width = MemoryCommands.width(words[0], 4);
    if (width == MemoryCommands.STRING && !words[2].startsWith("*")) {
      return 1;
    }
    if (words[2].equals("fmt") && count > 3) {
      session.find(UbootFinding.Kind.NOT_MODELLED, "\"setexpr fmt\" is not modelled and fails", "");
      return 1;
    }
    if (count == 4 || count > 6) {
      return Command.USAGE;
    }
    if (count == 3) {
      assign(session, words, width);
      return 0;
    }
    if (words[2].equals("gsub") || words[2].equals("sub")) {
      return substitute(session, words);
    }
    if (count != 5 || words[3].length() != 1) {
      return Command.USAGE;
    }
    return width == MemoryCommands.STRING ? concatenate(session, words) : calculate(session, words, width);
  }

  private static void assign(Session session, String[] words, int width) {
    if (width == MemoryCommands.STRING) {
      session.set(words[1], MemoryCommands.string(session, Numbers.hex(words[2].substring(1))));
    } else {
      session.setHex(words[1], number(session, words[2], width));
    }
  }

  private static int concatenate(Session session, String[] words) {
    if (!words[4].startsWith("*")) {
      return 1;
    }
    if (!words[3].equals("+")) {
      session.print("invalid op\n");
      return 1;
    }
    session.set(words[1], MemoryCommands.string(session, Numbers.hex(words[2].substring(1)))
        + MemoryCommands.string(session, Numbers.hex(words[4].substring(1))));
    return 0;
  }

  private static int calculate(Session session, String[] words, int width) {
    long a = number(session, words[2], width);
    long b = number(session, words[4], width);
    char operator = words[3].charAt(0);
    if ((operator == '/' || operator == '%') && b == 0) {
      throw new BootEnd(new dev.plugpull.sim.bootloader.BootOutcome.Reset(
          false, "division by zero at " + session.where() + ": exception, the board resets"));
    }
    Long value = switch (operator) {
      case '|' -> a | b;
      case '&' -> a & b;
      case '+' -> a + b;
      case '^' -> a ^ b;
      case '-' -> a - b;
      case '*' -> a * b;
      case '/' -> Long.divideUnsigned(a, b);
      case '%' -> Long.remainderUnsigned(a, b);
      default -> null;
    };
    if (value == null) {
      session.print("invalid op\n");
      return 1;
    }
    session.setHex(words[1], value);
    return 0;
  }

  private static long number(Session session, String word, int width) {
    return word.startsWith("*")
        ? session.memory.readNumber(Numbers.hex(word.substring(1)), width > 0 ? width : 8)
        : Numbers.hex(word);
  }

  private static int substitute(Session session, String[] words) {
    String name = words[1];
    String text = words.length > 5 ? words[5] : session.environment(name);
    if (text == null) {
      session.print("## Error: variable \"" + name + "\" not defined\n");
      return 1;
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(words[3]);
    } catch (PatternSyntaxException e) {
      session.print("Error compiling regex: " + e.getDescription() + "\n");
      return 1;
    }
    String result = replace(session, pattern, text, words[4], words[2].equals("gsub"));
    if (result == null) {
      return 1;
    }
    session.print(name + "=" + result + "\n");
    session.set(name, result);
    return 0;
  }

  /**
   * Each match is sought in what follows the last replacement, as if the text began there. What is replaced is the
   * first place with the text of the match, which need not be where it matched: {@code a$} in "a b a" replaces the
   * first a.
   */
  private static String replace(Session session, Pattern pattern, String text, String with, boolean all) {
    StringBuilder done = new StringBuilder();
    String rest = text;
    boolean any = false;
    do {
      Matcher matcher = pattern.matcher(rest);
      if (!matcher.find()) {
        break;
      }
      any = true;
      String replacement = references(with, matcher);
      String old = matcher.group();
      int start = rest.indexOf(old);
      done.append(rest, 0, start).append(replacement);
      rest = rest.substring(start + old.length());
      if (matcher.end() == matcher.start() && all || done.length() + rest.length() > TEXT_LIMIT) {
        session.print("## error: substitution buffer overflow\n");
        return null;
      }
    } while (all);
    if (!any) {
      session.print(text + ": No match\n");
      return null;
    }
    return done + rest;
  }

  private static String references(String with, Matcher matcher) {
    String result = with;
    for (int i = 0; i < 10 && i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      if (group == null || group.isEmpty()) {
        break;
      }
      result = result.replace("\\" + i, group);
    }
    return result;
  }
}
