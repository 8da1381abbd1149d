package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a word into its parts. */
final class WordSplitter {

  private final String text;
  private final int line;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  WordSplitter(String text, int line) {
    this.text = text;
    this.line = line;
  }

  Word word() throws SyntaxFault {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> {
          // a backslash before a newline joins lines and leaves nothing
          if (text.charAt(i + 1) != '\n') {
            plain.append(text, i, i + 2);
          }
          i += 2;
        }
        case '\'' -> {
          int end = text.indexOf('\'', i + 1);
          add(new Part.Quoted(text.substring(i + 1, end)));
          i = end + 1;
        }
        case '"' -> {
          int end = Lexer.endOfQuote(text, i);
          flush();
          doubleQuoted(i + 1, end - 1);
          i = end;
        }
        case '$' -> {
          if (text.charAt(i + 1) == '"') {
            int end = Lexer.endOfQuote(text, i + 1);
            // GRUB's lexer takes the plain text before it for a part of the translated text
            if (!plain.isEmpty()) {
              parts.add(new Part.Translated(plain.toString()));
              plain.setLength(0);
            }
            add(new Part.Translated(translatable(i + 2, end - 1)));
            i = end;
          } else {
            int end = Lexer.endOfVariable(text, i);
            add(new Part.Variable(nameOf(i, end)));
            i = end;
          }
        }
        default -> {
          plain.append(c);
          i++;
        }
      }
    }
    flush();
    return new Word(parts, line);
  }

  private void add(Part part) {
    flush();
    parts.add(part);
  }

  private void flush() {
    if (!plain.isEmpty()) {
      parts.add(new Part.Text(plain.toString()));
      plain.setLength(0);
    }
  }

  private String nameOf(int dollar, int end) {
    return text.charAt(dollar + 1) == '{' ? text.substring(dollar + 2, end - 1) : text.substring(dollar + 1, end);
  }

  private void doubleQuoted(int from, int to) throws SyntaxFault {
    StringBuilder quoted = new StringBuilder();
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      if (c == '\\' && "$\\\"\n".indexOf(text.charAt(i + 1)) >= 0) {
        if (text.charAt(i + 1) != '\n') {
          quoted.append(text.charAt(i + 1));
        }
        i += 2;
      } else if (c == '$') {
        int end = Lexer.endOfVariable(text, i);
        if (end == i) {
          throw new SyntaxFault(line, "'$' in double quotes names no variable; write '\\$'");
        }
        parts.add(new Part.Quoted(quoted.toString()));
        quoted.setLength(0);
        parts.add(new Part.QuotedVariable(nameOf(i, end)));
        i = end;
      } else {
        quoted.append(c);
        i++;
      }
    }
    parts.add(new Part.Quoted(quoted.toString()));
  }

  /** The text of {@code $"..."}: variables stay in it, they are found when it is expanded. */
  private String translatable(int from, int to) {
    StringBuilder result = new StringBuilder();
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < to) {
        char next = text.charAt(i + 1);
        if (next == '\\' || next == '"' || next == '\n') {
          result.append(next == '\\' ? "\\\\" : next == '"' ? "\"" : "");
          i++;
          continue;
        }
      }
      result.append(c);
    }
    return result.toString();
  }
}
