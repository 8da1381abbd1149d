package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The modern hush parser ({@code cli_hush_modern.c}): chains, status and expansion as a POSIX shell has them, with the
 * faults that were seen in it ({@code bootloaders.md} 2.3).
 */
final class ModernHush implements Shell {

  /** A piece of a word: literal text, or the name of a variable. */
  record Piece(String text, boolean variable, boolean quoted) {}

  /** A word; an empty quoted word still counts. */
  record Word(List<Piece> pieces) {}

  /** One command. */
  sealed interface Node {

    int line();

    record Simple(List<Word> words, int line) implements Node {}

    record Not(Node node, int line) implements Node {}

    /** {@code a && b || c}: {@code operators} stand between the nodes, true for {@code &&}. */
    record Chain(List<Node> nodes, List<Boolean> operators, int line) implements Node {}

    record Group(List<Node> nodes, int line) implements Node {}

    record If(List<List<Node>> conditions, List<List<Node>> bodies, List<Node> otherwise, int line) implements Node {}

    record While(boolean until, List<Node> condition, List<Node> body, int line) implements Node {}

    record For(String name, List<Word> words, List<Node> body, int line) implements Node {}

    /** A construct on which the parser dies; the board must be reset. */
    record Death(String why, int line) implements Node {}
  }

  /**
   * A parsed script; {@code error} is null if all of it could be read, else it ends there after the nodes ran.
   */
  record Program(List<Node> nodes, String error, int errorLine) {}

  private final Session session;
  private final ShellVariables variables;
  private boolean leaving;

  ModernHush(Session session) {
    this.session = session;
    this.variables = session.variables;
  }

  @Override
  public int script(String text) {
    return program(text);
  }

  @Override
  public int variable(String text) {
    return program(text);
  }

  private int program(String text) {
    Program program = session.cache.modern(text);
    int status = list(program.nodes());
    if (leaving) {
      leaving = false;
      return variables.status;
    }
    if (program.error() != null) {
      session.line = program.errorLine();
      session.print("syntax error\n");
      session.find(UbootFinding.Kind.SYNTAX, "syntax error: " + program.error(),
          "write what the modern hush parser understands");
      return variables.status = 1;
    }
    return status;
  }

  private int list(List<Node> nodes) {
    int status = 0;
    for (Node node : nodes) {
      status = run(node);
      if (leaving) {
        return status;
      }
    }
    return status;
  }

  private int run(Node node) {
    session.step();
    session.line = node.line();
    int status = switch (node) {
      case Node.Simple simple -> simple(simple);
      case Node.Not not -> run(not.node()) == 0 ? 1 : 0;
      case Node.Chain chain -> chain(chain);
      case Node.Group group -> list(group.nodes());
      case Node.If choice -> choose(choice);
      case Node.While loop -> repeat(loop);
      case Node.For loop -> iterate(loop);
      case Node.Death death -> throw new BootEnd(new BootOutcome.Hang(
          "the shell dies at " + session.where() + ": " + death.why()));
    };
    if (!leaving) {
      variables.status = status;
    }
    return status;
  }

  private int chain(Node.Chain chain) {
    int status = run(chain.nodes().getFirst());
    for (int i = 1; i < chain.nodes().size() && !leaving; i++) {
      boolean and = chain.operators().get(i - 1);
      if (and == (status == 0)) {
        status = run(chain.nodes().get(i));
      }
    }
    return status;
  }

  private int choose(Node.If choice) {
    for (int i = 0; i < choice.conditions().size(); i++) {
      int condition = list(choice.conditions().get(i));
      if (leaving) {
        return condition;
      }
      if (condition == 0) {
        return list(choice.bodies().get(i));
      }
    }
    return choice.otherwise() == null ? 0 : list(choice.otherwise());
  }

  private int repeat(Node.While loop) {
    int status = 0;
    while (!leaving) {
      session.step();
      int condition = list(loop.condition());
      if (leaving || condition == 0 == loop.until()) {
        return leaving ? condition : status;
      }
      status = list(loop.body());
    }
    return status;
  }

  private int iterate(Node.For loop) {
    int status = 0;
    for (String value : expand(loop.words())) {
      session.step();
      variables.setLocal(loop.name(), value);
      status = list(loop.body());
      if (leaving) {
        return status;
      }
    }
    return status;
  }

  private int simple(Node.Simple simple) {
    List<Word> words = simple.words();
    int assignments = 0;
    while (assignments < words.size() && assignment(words.get(assignments)) > 0) {
      Word word = words.get(assignments++);
      int equals = assignment(word);
      String text = joined(word);
      variables.setLocal(text.substring(0, equals), text.substring(equals + 1));
    }
    List<String> arguments = expand(words.subList(assignments, words.size()));
    if (arguments.isEmpty()) {
      return 0;
    }
    int status = session.execute(arguments.toArray(new String[0]));
    if (status <= EXIT) {
      leaving = true;
      variables.status = -status - 2;
      return variables.status;
    }
    return status;
  }

  /** Where the equals sign of {@code name=value} stands, -1 if the word is none. */
  private static int assignment(Word word) {
    if (word.pieces().isEmpty() || word.pieces().getFirst().variable() || word.pieces().getFirst().quoted()) {
      return -1;
    }
    String text = word.pieces().getFirst().text();
    int equals = text.indexOf('=');
    if (equals <= 0 || !HushWord.isLetter(text.charAt(0))) {
      return -1;
    }
    for (int i = 1; i < equals; i++) {
      if (!HushWord.isNamePart(text.charAt(i))) {
        return -1;
      }
    }
    return equals;
  }

  private String joined(Word word) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : word.pieces()) {
      text.append(piece.variable() ? value(piece.text()) : piece.text());
    }
    return text.toString();
  }

  private String value(String name) {
    String value = variables.get(name);
    return value == null ? "" : value;
  }

  /** Unquoted values are split at blanks and vanish when empty; quoted ones stay whole. */
  private List<String> expand(List<Word> words) {
    List<String> fields = new ArrayList<>();
    for (Word word : words) {
      StringBuilder field = null;
      for (Piece piece : word.pieces()) {
        String text = piece.variable() ? value(piece.text()) : piece.text();
        if (!piece.variable() || piece.quoted()) {
          field = (field == null ? new StringBuilder() : field).append(text);
          continue;
        }
        field = split(text, field, fields);
      }
      if (field != null) {
        fields.add(field.toString());
      }
    }
    return fields;
  }

  private static StringBuilder split(String text, StringBuilder begun, List<String> fields) {
    StringBuilder field = begun;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t' && c != '\n') {
        field = (field == null ? new StringBuilder() : field).append(c);
      } else if (field != null) {
        fields.add(field.toString());
        field = null;
      }
    }
    return field;
  }
}
