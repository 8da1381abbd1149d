package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits one statement's lines into tokens, reading a further line only where GRUB does: inside an open construct, an
 * open quote, or after a backslash at the end of a line.
 */
final class Lexer {

  private static final Map<String, Token.Kind> RESERVED = reserved();

  private final Lines lines;

  /** What GRUB prints before its syntax error, such as the offending character. */
  final List<String> complaints = new ArrayList<>();

  /** Source text seen so far; blocks are cut out of it. */
  private final StringBuilder seen = new StringBuilder();

  private String buffer;
  private int at;
  private int bufferLine;
  private int open;
  private String left;
  private boolean ended;

  Lexer(Lines lines, String firstLine) {
    this.lines = lines;
    this.buffer = firstLine.isEmpty() ? "\n" : withNewline(firstLine);
    this.bufferLine = lines.line();
  }

  /** Says that a construct is open, so that the statement goes on after the end of this line. */
  void enter() {
    open++;
  }

  void leave() {
    open--;
  }

  int seenLength() {
    return seen.length();
  }

  String seenSince(int offset) {
    return seen.substring(offset);
  }

  Token next() throws SyntaxFault {
    while (true) {
      if (at >= buffer.length() && !nextLine()) {
        return new Token(Token.Kind.END, null, bufferLine);
      }
      char c = buffer.charAt(at);
      switch (c) {
        case ' ', '\t' -> record(at + 1);
        case '\n' -> {
          return symbol(Token.Kind.NEWLINE, 1);
        }
        case '#' -> record(buffer.indexOf('\n', at));
        case '{' -> {
          return symbol(Token.Kind.OPEN, 1);
        }
        case '}' -> {
          return symbol(Token.Kind.CLOSE, 1);
        }
        case ';' -> {
          return peek(1) == ';' ? symbol(Token.Kind.BAD, 2) : symbol(Token.Kind.SEMICOLON, 1);
        }
        case '|', '&' -> {
          return symbol(Token.Kind.BAD, peek(1) == c ? 2 : 1);
        }
        case '<', '>' -> {
          return symbol(Token.Kind.BAD, 1);
        }
        default -> {
          int end = endOfWord(at);
          if (end == at) {
            complaints.add(String.valueOf(c));
            throw new SyntaxFault(bufferLine, "'" + c + "' begins nothing that GRUB knows");
          }
          if (end > 0) {
            return word(end);
          }
          // an open quote or a backslash at the end: join with the next line and look again
          left = buffer.substring(at);
          at = buffer.length();
        }
      }
    }
  }

  private boolean nextLine() {
    if (ended || (open == 0 && left == null)) {
      return false;
    }
    String line = lines.next();
    if (line == null) {
      complaints.add("out of memory");
      ended = true;
      return false;
    }
    if (left == null) {
      bufferLine = lines.line();
      buffer = withNewline(line);
    } else {
      bufferLine += count(buffer, at - left.length());
      buffer = left + withNewline(line);
      left = null;
    }
    at = 0;
    return true;
  }

  private int count(String text, int before) {
    int newlines = 0;
    for (int i = 0; i < before; i++) {
      newlines += text.charAt(i) == '\n' ? 1 : 0;
    }
    return newlines;
  }

  private static String withNewline(String line) {
    return line.endsWith("\n") ? line : line + "\n";
  }

  private Token symbol(Token.Kind kind, int length) {
    Token token = new Token(kind, null, bufferLine + count(buffer, at));
    record(at + length);
    return token;
  }

  private void record(int end) {
    seen.append(buffer, at, end);
    at = end;
  }

  private char peek(int ahead) {
    return at + ahead < buffer.length() ? buffer.charAt(at + ahead) : '\0';
  }

  private Token word(int end) throws SyntaxFault {
    String text = buffer.substring(at, end);
    int line = bufferLine + count(buffer, at);
    record(end);
    if (text.equals("[[") || text.equals("]]")) {
      return new Token(Token.Kind.BAD, null, line);
    }
    Token.Kind reserved = RESERVED.get(text);
    if (reserved != null) {
      return new Token(reserved, Word.plain(text, line), line);
    }
    if (isName(text)) {
      return new Token(Token.Kind.NAME, Word.plain(text, line), line);
    }
    return new Token(Token.Kind.WORD, new WordSplitter(text, line).word(), line);
  }

  /** End of the word that begins at {@code from}; {@code from} if none does; -1 if it runs into the buffer's end. */
  private int endOfWord(int from) {
    int i = from;
    while (i < buffer.length()) {
      char c = buffer.charAt(i);
      int next =
          switch (c) {
            case ' ', '\t', '\n', '{', '}', '|', '&', ';', '<', '>' -> i;
            case '"' -> endOfQuote(buffer, i);
            case '\'' -> buffer.indexOf('\'', i + 1) + 1;
            case '\\' -> i + 2 >= buffer.length() ? 0 : i + 2;
            case '$' -> endOfDollar(i);
            default -> i + 1;
          };
      if (next == 0) {
        return -1;
      }
      if (next == i) {
        return i;
      }
      i = next;
    }
    return i;
  }

  private int endOfDollar(int dollar) {
    if (dollar + 1 < buffer.length() && buffer.charAt(dollar + 1) == '"') {
      return endOfQuote(buffer, dollar + 1);
    }
    return endOfVariable(buffer, dollar);
  }

  /** Index behind the closing double quote, 0 if there is none. */
  static int endOfQuote(String text, int quote) {
    for (int i = quote + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        return i + 1;
      }
    }
    return 0;
  }

  /** Index behind the variable whose {@code $} stands at {@code dollar}; {@code dollar} itself if it names none. */
  static int endOfVariable(String text, int dollar) {
    int i = dollar + 1;
    boolean braces = i < text.length() && text.charAt(i) == '{';
    if (braces) {
      i++;
    }
    int start = i;
    if (i < text.length() && "?#*@".indexOf(text.charAt(i)) >= 0) {
      i++;
    } else if (i < text.length() && isDigit(text.charAt(i))) {
      while (i < text.length() && isDigit(text.charAt(i))) {
        i++;
      }
    } else {
      while (i < text.length() && (isNameStart(text.charAt(i)) || (i > start && isDigit(text.charAt(i))))) {
        i++;
      }
    }
    if (i == start) {
      return dollar;
    }
    if (!braces) {
      return i;
    }
    return i < text.length() && text.charAt(i) == '}' ? i + 1 : dollar;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isNameStart(c) && !(i > 0 && isDigit(c))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Token.Kind> reserved() {
    Map<String, Token.Kind> words = new HashMap<>();
    for (Token.Kind kind :
        List.of(
            Token.Kind.CASE,
            Token.Kind.DO,
            Token.Kind.DONE,
            Token.Kind.ELIF,
            Token.Kind.ELSE,
            Token.Kind.ESAC,
            Token.Kind.FI,
            Token.Kind.FOR,
            Token.Kind.IF,
            Token.Kind.IN,
            Token.Kind.SELECT,
            Token.Kind.THEN,
            Token.Kind.UNTIL,
            Token.Kind.WHILE,
            Token.Kind.FUNCTION)) {
      words.put(kind.name().toLowerCase(java.util.Locale.ROOT), kind);
    }
    return words;
  }
}
