package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses one unit of a script: the statements that begin on one line, with the further lines that they need.
 *
 * <p>Recursive descent with one token of look-ahead. The look-ahead is fetched as late as possible, because
 * fetching may
 * read a line that belongs to the next unit.
 */
final class ScriptParser {

  /** GRUB's own parser gives up on its stack too; a real script nests less than ten deep. */
  private static final int DEEPEST = 150;

  private final String file;
  private final Lexer lexer;
  private final int firstLine;
  private final List<ScriptUnit.Function> functions = new ArrayList<>();
  private Token ahead;
  private boolean betweenStatements;
  private int depth;

  ScriptParser(String file, Lines lines, String firstLine) {
    this.file = file;
    this.firstLine = lines.line();
    this.lexer = new Lexer(lines, firstLine);
  }

  ScriptUnit parse() {
    List<Statement> statements = new ArrayList<>();
    try {
      newlines();
      while (kind() != Token.Kind.END) {
        if (kind() == Token.Kind.FUNCTION || beginsCommand()) {
          betweenStatements = false;
        }
        if (kind() == Token.Kind.FUNCTION) {
          function();
        } else {
          statements.add(command());
        }
        if (kind() != Token.Kind.SEMICOLON && kind() != Token.Kind.NEWLINE) {
          throw unexpected();
        }
        take();
        betweenStatements = true;
        newlines();
      }
    } catch (SyntaxFault fault) {
      ScriptUnit.Fault found = new ScriptUnit.Fault(fault.line, fault.getMessage(), messages());
      return new ScriptUnit(List.copyOf(functions), null, found, firstLine);
    }
    return new ScriptUnit(
        List.copyOf(functions), statements.isEmpty() ? null : new Statement.Sequence(statements), null, firstLine);
  }

  /**
   * What GRUB's parser prints. It tries to go on behind the error, which gives a second round where the offending token
   * could begin a statement; between two statements of a line it does not even try.
   */
  private List<String> messages() {
    List<String> messages = new ArrayList<>(lexer.complaints);
    if (!betweenStatements) {
      messages.addAll(List.of("syntax error", "Incorrect command"));
      if (ahead != null && beginsStatement(ahead.kind())) {
        messages.addAll(List.of("syntax error", "Incorrect command"));
      }
    }
    messages.add("syntax error");
    return List.copyOf(messages);
  }

  private Token.Kind kind() throws SyntaxFault {
    if (ahead == null) {
      ahead = lexer.next();
    }
    return ahead.kind();
  }

  private Token take() throws SyntaxFault {
    kind();
    Token token = ahead;
    ahead = null;
    return token;
  }

  private Token expect(Token.Kind kind) throws SyntaxFault {
    if (kind() != kind) {
      throw unexpected();
    }
    return take();
  }

  private SyntaxFault unexpected() throws SyntaxFault {
    kind();
    String found =
        switch (ahead.kind()) {
          case END -> "the end of the file, something is not closed";
          case NEWLINE -> "the end of the line";
          case SEMICOLON -> "';'";
          case OPEN -> "'{'";
          case CLOSE -> "'}'";
          case BAD -> "an operator that GRUB does not have";
          default -> "'" + ahead.word().leadingText() + "'";
        };
    return new SyntaxFault(ahead.line(), "unexpected " + found);
  }

  private void newlines() throws SyntaxFault {
    while (kind() == Token.Kind.NEWLINE) {
      take();
    }
  }

  private boolean isDelimiter() throws SyntaxFault {
    return kind() == Token.Kind.SEMICOLON || kind() == Token.Kind.NEWLINE;
  }

  /** One {@code ;} or newline, then any number of newlines. */
  private void delimiters() throws SyntaxFault {
    if (!isDelimiter()) {
      throw unexpected();
    }
    take();
    newlines();
  }

  private Statement command() throws SyntaxFault {
    if (++depth > DEEPEST) {
      throw new SyntaxFault(ahead.line(), "commands nest deeper than " + DEEPEST);
    }
    try {
      return switch (kind()) {
        case IF -> ifCommand();
        case FOR -> forCommand();
        case WHILE, UNTIL -> loop();
        case NAME, WORD -> simple();
        default -> throw unexpected();
      };
    } finally {
      depth--;
    }
  }

  /** Commands up to something that cannot begin one; the delimiters before that are taken too. */
  private Statement.Sequence commands(boolean delimiterNeeded) throws SyntaxFault {
    List<Statement> statements = new ArrayList<>();
    newlines();
    statements.add(command());
    while (true) {
      if (!isDelimiter()) {
        if (delimiterNeeded) {
          throw unexpected();
        }
        break;
      }
      delimiters();
      if (!beginsCommand()) {
        break;
      }
      statements.add(command());
    }
    return new Statement.Sequence(List.copyOf(statements));
  }

  private boolean beginsCommand() throws SyntaxFault {
    return kind() != Token.Kind.FUNCTION && beginsStatement(ahead.kind());
  }

  private static boolean beginsStatement(Token.Kind kind) {
    return switch (kind) {
      case NAME, WORD, IF, FOR, WHILE, UNTIL, FUNCTION -> true;
      default -> false;
    };
  }

  private Statement simple() throws SyntaxFault {
    List<Word> words = new ArrayList<>();
    int line = ahead.line();
    words.add(take().word());
    kind();
    while (ahead.isArgument()) {
      words.add(take().word());
      kind();
    }
    BlockSource block = null;
    if (ahead.kind() == Token.Kind.OPEN) {
      block = block();
      words.add(new Word(List.of(new Part.Block(block)), line));
    }
    return new Statement.Simple(List.copyOf(words), block, line);
  }

  private BlockSource block() throws SyntaxFault {
    int line = take().line();
    lexer.enter();
    int offset = lexer.seenLength();
    commands(false);
    expect(Token.Kind.CLOSE);
    String text = lexer.seenSince(offset);
    lexer.leave();
    return new BlockSource(file, line, text.substring(0, text.lastIndexOf('}')));
  }

  private void function() throws SyntaxFault {
    int line = take().line();
    String name = expect(Token.Kind.NAME).word().constant;
    lexer.enter();
    newlines();
    expect(Token.Kind.OPEN);
    Statement.Sequence body = commands(true);
    expect(Token.Kind.CLOSE);
    lexer.leave();
    functions.add(new ScriptUnit.Function(name, body, line));
  }

  private Statement ifCommand() throws SyntaxFault {
    take();
    lexer.enter();
    Statement result = ifClause();
    expect(Token.Kind.FI);
    lexer.leave();
    return result;
  }

  private Statement ifClause() throws SyntaxFault {
    Statement.Sequence condition = commands(true);
    expect(Token.Kind.THEN);
    Statement.Sequence then = commands(true);
    if (kind() == Token.Kind.ELSE) {
      take();
      return new Statement.If(condition, then, commands(true));
    }
    if (kind() == Token.Kind.ELIF) {
      take();
      if (++depth > DEEPEST) {
        throw unexpected();
      }
      Statement otherwise = ifClause();
      depth--;
      return new Statement.If(condition, then, otherwise);
    }
    return new Statement.If(condition, then, null);
  }

  private Statement forCommand() throws SyntaxFault {
    int line = take().line();
    String name = expect(Token.Kind.NAME).word().constant;
    lexer.enter();
    expect(Token.Kind.IN);
    List<Word> words = new ArrayList<>();
    kind();
    while (ahead.isArgument()) {
      words.add(take().word());
      kind();
    }
    delimiters();
    expect(Token.Kind.DO);
    Statement.Sequence body = commands(true);
    expect(Token.Kind.DONE);
    lexer.leave();
    return new Statement.For(name, List.copyOf(words), body, line);
  }

  private Statement loop() throws SyntaxFault {
    Token keyword = take();
    lexer.enter();
    Statement.Sequence condition = commands(true);
    expect(Token.Kind.DO);
    Statement.Sequence body = commands(true);
    expect(Token.Kind.DONE);
    lexer.leave();
    return new Statement.Loop(condition, body, keyword.kind() == Token.Kind.UNTIL, keyword.line());
  }
}
