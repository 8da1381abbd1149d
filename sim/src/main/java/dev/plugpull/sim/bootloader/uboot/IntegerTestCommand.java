package dev.plugpull.sim.bootloader.uboot;

/** {@code itest}: compares hexadecimal numbers, memory ({@code *address}) or, as {@code itest.s}, strings. */
final class IntegerTestCommand {

  private IntegerTestCommand() {}

  static int run(Session session, String[] words) {
    if (words.length != 4) {
      return Command.USAGE;
    }
    int width = MemoryCommands.width(words[0], 4);
    if (width == MemoryCommands.BAD_WIDTH) {
      session.print("Invalid data width specifier\n");
      return 1;
    }
    int order = width == MemoryCommands.STRING
        ? text(session, words[1]).compareTo(text(session, words[3]))
        : Long.compare(number(session, words[1], width), number(session, words[3], width));
    return holds(session, words[2], order) ? 0 : 1;
  }

  private static boolean holds(Session session, String operator, int order) {
    return switch (operator) {
      case "-lt", "<" -> order < 0;
      case "-gt", ">" -> order > 0;
      case "-eq", "==" -> order == 0;
      case "-ne", "!=", "<>" -> order != 0;
      case "-ge", ">=" -> order >= 0;
      case "-le", "<=" -> order <= 0;
      default -> {
        session.print("Unknown operator '" + operator + "'\n");
        yield false;
      }
    };
  }

  private static long number(Session session, String word, int width) {
    if (word.startsWith("*")) {
      return session.memory.readNumber(Numbers.hex(word.substring(1)), width);
    }
    long value = Numbers.hex(word);
    return width >= 8 ? value : value & (1L << 8 * width) - 1;
  }

  private static String text(Session session, String word) {
    if (word.startsWith("*")) {
      return MemoryCommands.string(session, Numbers.hex(word.substring(1)));
    }
    if (word.startsWith("${") && word.endsWith("}")) {
      String value = session.environment(word.substring(2, word.length() - 1));
      return value == null ? "" : value;
    }
    return word;
  }
}
