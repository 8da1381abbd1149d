package dev.plugpull.sim.bootloader.grub;

/** Expands {@code $"..."} where no message catalogue is loaded: the text itself, with rules of its own. */
final class Translation {

  private Translation() {}

  static String expand(Interpreter in, String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean escaped = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\') {
        if (escaped) {
          result.append('\\');
        }
        escaped = !escaped;
        i++;
      } else if (c == '$' && !escaped) {
        i = variable(in, text, i, result);
      } else {
        if (escaped && c != '$') {
          result.append('\\');
        }
        escaped = false;
        result.append(c);
        i++;
      }
    }
    return result.toString();
  }

  private static int variable(Interpreter in, String text, int dollar, StringBuilder result) {
    int start = dollar + 1;
    if (start < text.length() && text.charAt(start) == '{') {
      int close = text.indexOf('}', start);
      if (close < 0) {
        return text.length();
      }
      put(in, text.substring(start + 1, close), result);
      return close + 1;
    }
    int end = Lexer.endOfVariable(text, dollar);
    if (end == dollar || text.charAt(start) == '*' || text.charAt(start) == '@') {
      result.append('$');
      return start;
    }
    put(in, text.substring(start, end), result);
    return end;
  }

  private static void put(Interpreter in, String name, StringBuilder result) {
    if (name.equals("#")) {
      result.append(in.parameters() == null ? 0 : in.parameters().size());
      return;
    }
    String value = in.variables().get(name);
    if (value != null) {
      result.append(value);
    }
  }
}
