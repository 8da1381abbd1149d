package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.ModernHush.Node;
import dev.plugpull.sim.bootloader.uboot.ModernHush.Piece;
import dev.plugpull.sim.bootloader.uboot.ModernHush.Program;
import dev.plugpull.sim.bootloader.uboot.ModernHush.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads scripts for {@link ModernHush}, by recursive descent over words and separators. */
final class ModernHushParser {

  private static final int MAX_DEPTH = 200;
  private static final Set<String> CLOSERS = Set.of("then", "elif", "else", "fi", "do", "done", "}");
  private static final Set<String> RESERVED =
      Set.of("if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "{", "}", "!", "in");

  private final String text;
  private int at;
  private int line = 1;
  private int depth;

  private ModernHushParser(String text) {
    this.text = text;
  }

  static Program parse(String text) {
    ModernHushParser parser = new ModernHushParser(text);
    List<Node> nodes = new ArrayList<>();
    try {
      while (parser.skipToCommand()) {
        nodes.add(parser.chain());
        parser.endOfCommand();
      }
      return new Program(List.copyOf(nodes), null, 0);
    } catch (SyntaxException e) {
      return new Program(List.copyOf(nodes), e.getMessage(), parser.line);
    }
  }

  private static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) {
      super(why, null, false, false);
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char peekNext() {
    return at + 1 < text.length() ? text.charAt(at + 1) : 0;
  }

  private void skipBlanks() {
    while (true) {
      char c = peek();
      if (c == '\\' && peekNext() == '\n') {
        at += 2;
        line++;
      } else if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private boolean skipToCommand() {
    skipLines();
    return at < text.length();
  }

  private void skipLines() {
    skipBlanks();
    while (peek() == '\n') {
      at++;
      line++;
      skipBlanks();
    }
  }

  private void endOfCommand() throws SyntaxException {
    skipBlanks();
    char c = peek();
    if (c == ';' || c == '\n') {
      at++;
      line += c == '\n' ? 1 : 0;
    } else if (at < text.length()) {
      throw new SyntaxException("unexpected \"" + c + "\"");
    }
  }

  private Node chain() throws SyntaxException {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException("commands are nested more than " + MAX_DEPTH + " deep");
    }
    int start = line;
    List<Node> nodes = new ArrayList<>();
    List<Boolean> operators = new ArrayList<>();
    nodes.add(negatable());
    skipBlanks();
    while (peek() == '&' || peek() == '|') {
      char c = peek();
      if (peekNext() != c) {
        if (c == '&') {
          throw new SyntaxException("a single \"&\" is not supported");
        }
        at++;
        skipLines();
        negatable();
        depth--;
        return new Node.Death("a pipe", start);
      }
      at += 2;
      skipLines();
      operators.add(c == '&');
      nodes.add(negatable());
      skipBlanks();
    }
    depth--;
    return nodes.size() == 1 ? nodes.getFirst() : new Node.Chain(List.copyOf(nodes), List.copyOf(operators), start);
  }

  private Node negatable() throws SyntaxException {
    int start = line;
    skipBlanks();
    if (bareWord().equals("!")) {
      at++;
      return new Node.Not(negatable(), start);
    }
    return command();
  }

  private Node command() throws SyntaxException {
    int start = line;
    String word = bareWord();
    switch (word) {
      case "if" -> {
        return conditional();
      }
      case "while", "until" -> {
        at += word.length();
        List<Node> condition = list(Set.of("do"));
        return new Node.While(word.equals("until"), condition, closed("done"), start);
      }
      case "for" -> {
        return loop();
      }
      case "{" -> {
        at++;
        return new Node.Group(closed("}"), start);
      }
      default -> {
        if (CLOSERS.contains(word)) {
          throw new SyntaxException("\"" + word + "\" stands where it cannot");
        }
        return simple();
      }
    }
  }

  /** The reserved word or other bare word at this place, without moving. */
  private String bareWord() {
    int end = at;
    while (end < text.length() && " \t\n;&|\"'$\\#(".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String word = text.substring(at, end);
    boolean whole = end >= text.length() || " \t\n;&|(".indexOf(text.charAt(end)) >= 0;
    return whole && RESERVED.contains(word) ? word : "";
  }

  private List<Node> closed(String closer) throws SyntaxException {
    return list(Set.of(closer));
  }

  /** Commands up to a closing word, which is consumed. */
  private List<Node> list(Set<String> closers) throws SyntaxException {
    List<Node> nodes = new ArrayList<>();
    while (skipToCommand()) {
      String word = bareWord();
      if (closers.contains(word)) {
        if (nodes.isEmpty()) {
          throw new SyntaxException("nothing stands before \"" + word + "\"");
        }
        at += word.length();
        return List.copyOf(nodes);
      }
      nodes.add(chain());
      endOfCommand();
    }
    throw new SyntaxException("\"" + String.join("\" or \"", closers) + "\" is missing");
  }

  private Node conditional() throws SyntaxException {
    int start = line;
    at += 2;
    List<List<Node>> conditions = new ArrayList<>();
    List<List<Node>> bodies = new ArrayList<>();
    while (true) {
      conditions.add(list(Set.of("then")));
      bodies.add(list(Set.of("elif", "else", "fi")));
      if (text.startsWith("else", at - 4)) {
        return new Node.If(conditions, bodies, closed("fi"), start);
      }
      if (text.startsWith("fi", at - 2)) {
        return new Node.If(conditions, bodies, null, start);
      }
    }
  }

  private Node loop() throws SyntaxException {
    int start = line;
    at += 3;
    skipBlanks();
    int from = at;
    while (HushWord.isNamePart(peek())) {
      at++;
    }
    String name = text.substring(from, at);
    skipLines();
    if (name.isEmpty() || !bareWord().equals("in")) {
      throw new SyntaxException("\"for\" needs a name and \"in\"");
    }
    at += 2;
    List<Word> words = words();
    endOfCommand();
    skipLines();
    if (!bareWord().equals("do")) {
      throw new SyntaxException("\"do\" is missing");
    }
    at += 2;
    return new Node.For(name, words, closed("done"), start);
  }

  private Node simple() throws SyntaxException {
    int start = line;
    List<Word> words = words();
    if (words.isEmpty()) {
      throw new SyntaxException("unexpected \"" + peek() + "\"");
    }
    if (definesFunction(words)) {
      at = text.length();
      return new Node.Death("a function definition", start);
    }
    return new Node.Simple(words, start);
  }

  /** {@code name()} or {@code name ()}, unquoted. */
  private static boolean definesFunction(List<Word> words) {
    return bare(words.getFirst()).endsWith("()") || words.size() > 1 && bare(words.get(1)).equals("()");
  }

  private static String bare(Word word) {
    Piece piece = word.pieces().isEmpty() ? null : word.pieces().getFirst();
    return piece == null || piece.quoted() || piece.variable() || word.pieces().size() > 1 ? "" : piece.text();
  }

  private List<Word> words() throws SyntaxException {
    List<Word> words = new ArrayList<>();
    while (true) {
      skipBlanks();
      char c = peek();
      if (c == 0 || c == '\n' || c == ';' || c == '&' || c == '|') {
        return List.copyOf(words);
      }
      words.add(word());
    }
  }

  private Word word() throws SyntaxException {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    while (at < text.length() && " \t\n;&|".indexOf(peek()) < 0) {
      char c = text.charAt(at++);
      switch (c) {
        case '\'' -> {
          flush(pieces, literal, false);
          pieces.add(new Piece(single(), false, true));
        }
        case '"' -> {
          flush(pieces, literal, false);
          quoted(pieces);
        }
        case '$' -> dollar(pieces, literal, false);
        case '\\' -> {
          if (at < text.length()) {
            literal.append(text.charAt(at));
            line += text.charAt(at++) == '\n' ? 1 : 0;
          }
        }
        default -> literal.append(c);
      }
    }
    flush(pieces, literal, false);
    return new Word(List.copyOf(pieces));
  }

  private static void flush(List<Piece> pieces, StringBuilder literal, boolean quoted) {
    if (!literal.isEmpty()) {
      pieces.add(new Piece(literal.toString(), false, quoted));
      literal.setLength(0);
    }
  }

  private String single() throws SyntaxException {
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw new SyntaxException("a single quote is not closed");
    }
    String content = text.substring(at, end);
    line += (int) content.chars().filter(c -> c == '\n').count();
    at = end + 1;
    return content;
  }

  private void quoted(List<Piece> pieces) throws SyntaxException {
    StringBuilder literal = new StringBuilder();
    pieces.add(new Piece("", false, true));
    while (at < text.length()) {
      char c = text.charAt(at++);
      line += c == '\n' ? 1 : 0;
      if (c == '"') {
        flush(pieces, literal, true);
        return;
      }
      if (c == '$') {
        dollar(pieces, literal, true);
      } else if (c == '\\' && "$\"\\`".indexOf(peek()) >= 0 && peek() != 0) {
        literal.append(text.charAt(at++));
      } else {
        literal.append(c);
      }
    }
    throw new SyntaxException("a double quote is not closed");
  }

  /** In this version {@code ${x:-d}} ends at the colon: the value of x, then {@code -d}} as text. */
  private void dollar(List<Piece> pieces, StringBuilder literal, boolean quoted) throws SyntaxException {
    char c = peek();
    if (c == '(') {
      throw new SyntaxException("\"$(\" makes the shell wait for more input");
    }
    if (c == '?') {
      at++;
      variable(pieces, literal, "$?", quoted);
    } else if (c == '{') {
      int end = at + 1;
      while (end < text.length() && HushWord.isNamePart(text.charAt(end))) {
        end++;
      }
      String name = text.substring(at + 1, end);
      at = Math.min(end + 1, text.length());
      variable(pieces, literal, name, quoted);
    } else if (HushWord.isLetter(c) || c == '_') {
      int end = at;
      while (end < text.length() && HushWord.isNamePart(text.charAt(end))) {
        end++;
      }
      String name = text.substring(at, end);
      at = end;
      variable(pieces, literal, name, quoted);
    } else {
      literal.append('$');
    }
  }

  private static void variable(List<Piece> pieces, StringBuilder literal, String name, boolean quoted) {
    flush(pieces, literal, quoted);
    pieces.add(new Piece(name, true, quoted));
  }
}
