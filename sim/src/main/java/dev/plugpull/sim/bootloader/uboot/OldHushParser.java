package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.HushStep.Follow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The old hush parser ({@code cli_hush.c}), with its quirks ({@code bootloaders.md} 2.3).
 *
 * <p>A script is read and run line by line, so that a syntax error leaves everything before it done; the content of a
 * variable that {@code run} executes is read as a whole, so that a syntax error anywhere in it leaves all of it undone.
 * Reserved words count wherever a command may begin, even when quoted.
 */
final class OldHushParser {

  /** The reserved word that opened the part of a list in which a command stands. */
  private enum Mode {
    NONE, IF, THEN, ELIF, ELSE, FI, FOR, IN, WHILE, UNTIL, DO, DONE, BROKEN
  }

  private record Reserved(Mode mode, boolean starts, boolean ends, Set<Mode> next) {}

  private static final Map<String, Reserved> RESERVED = Map.ofEntries(
      Map.entry("if", new Reserved(Mode.IF, true, false, EnumSet.of(Mode.THEN))),
      Map.entry("then", new Reserved(Mode.THEN, false, false, EnumSet.of(Mode.ELIF, Mode.ELSE, Mode.FI))),
      Map.entry("elif", new Reserved(Mode.ELIF, false, false, EnumSet.of(Mode.THEN))),
      Map.entry("else", new Reserved(Mode.ELSE, false, false, EnumSet.of(Mode.FI))),
      Map.entry("fi", new Reserved(Mode.FI, false, true, EnumSet.noneOf(Mode.class))),
      Map.entry("for", new Reserved(Mode.FOR, true, false, EnumSet.of(Mode.IN))),
      Map.entry("while", new Reserved(Mode.WHILE, true, false, EnumSet.of(Mode.DO))),
      Map.entry("until", new Reserved(Mode.UNTIL, true, false, EnumSet.of(Mode.DO))),
      Map.entry("in", new Reserved(Mode.IN, false, false, EnumSet.of(Mode.DO))),
      Map.entry("do", new Reserved(Mode.DO, false, false, EnumSet.of(Mode.DONE))),
      Map.entry("done", new Reserved(Mode.DONE, false, true, EnumSet.noneOf(Mode.class))));

  /** A step together with the mode in which it stands. */
  private record Placed(Mode mode, HushStep step) {}

  /** One list under construction: the top level, or the inside of a compound command. */
  private static final class Level {
    private final List<Placed> steps = new ArrayList<>();
    private Mode mode = Mode.NONE;
    private Set<Mode> expected = EnumSet.noneOf(Mode.class);
    private boolean open;
    private List<HushWord> words = new ArrayList<>();
    private HushCompound compound;
    private int line;
  }

  private final String text;
  private final boolean whole;
  private int at;
  private int line = 1;
  private Deque<Level> levels;
  private StringBuilder word;
  private boolean quoted;
  private boolean inQuotes;
  private List<Integer> complaints;

  private OldHushParser(String text, boolean whole) {
    this.text = text;
    this.whole = whole;
  }

  /** Reads a script as {@code source} does: units of one line or one compound command. */
  static List<HushUnit> script(String text) {
    return new OldHushParser(withNewline(text), false).units();
  }

  /** Reads the content of a variable as {@code run} does: one unit. */
  static List<HushUnit> variable(String text) {
    return new OldHushParser(withNewline(text), true).units();
  }

  private static String withNewline(String text) {
    int first = text.indexOf('\n');
    return first < 0 || first != text.length() - 1 ? text + "\n" : text;
  }

  private List<HushUnit> units() {
    List<HushUnit> units = new ArrayList<>();
    if (text.equals("\n")) {
      return units;
    }
    do {
      HushUnit unit = unit();
      units.add(unit);
      if (unit instanceof HushUnit.SyntaxError) {
        break;
      }
    } while (!whole && at < text.length());
    return units;
  }

  private HushUnit unit() {
    levels = new ArrayDeque<>();
    levels.push(new Level());
    word = new StringBuilder();
    quoted = false;
    inQuotes = false;
    complaints = new ArrayList<>();
    int start = line;
    try {
      readUnit();
      if (levels.peek().open) {
        throw new SyntaxException(start, "\"if\", \"for\", \"while\" or \"until\" is not closed");
      }
      endWordLoosely();
      endStep(Follow.SEQUENCE);
    } catch (SyntaxException e) {
      return new HushUnit.SyntaxError(e.line, e.getMessage(), e.silent, List.copyOf(complaints));
    }
    List<HushStep> steps = levels.peek().steps.stream().map(Placed::step).toList();
    return new HushUnit.Commands(steps, List.copyOf(complaints), start);
  }

  private void readUnit() throws SyntaxException {
    while (at < text.length()) {
      char c = text.charAt(at++);
      boolean newline = c == '\n';
      if (!inQuotes && (c == ' ' || c == '\t' || newline)) {
        endWord();
        if (newline) {
          endStep(Follow.SEQUENCE);
        }
      } else {
        character(c);
        newline &= inQuotes;
      }
      line += newline ? 1 : 0;
      if (newline && !inQuotes && !whole && levels.peek().mode == Mode.NONE) {
        return;
      }
    }
  }

  private void character(char c) throws SyntaxException {
    switch (c) {
      case '\\' -> backslash();
      case '$' -> dollar();
      case '\'' -> singleQuotes();
      case '"' -> {
        quoted = true;
        inQuotes = !inQuotes;
      }
      case ';', '&', '|', '#' -> {
        if (inQuotes) {
          append(c);
        } else {
          separator(c);
        }
      }
      default -> append(c);
    }
  }

  private void separator(char c) throws SyntaxException {
    if (c == '#') {
      if (word.isEmpty()) {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else {
        append(c);
      }
      return;
    }
    endWordLoosely();
    if (c == ';') {
      endStep(Follow.SEQUENCE);
    } else if (at < text.length() && text.charAt(at) == c) {
      at++;
      endStep(c == '&' ? Follow.AND : Follow.OR);
    } else {
      throw new SyntaxException(line, "a single \"" + c + "\" is not supported");
    }
  }

  /** In double quotes a backslash stays and the next character too; outside it quotes the next character. */
  private void backslash() throws SyntaxException {
    if (at >= text.length()) {
      throw new SyntaxException(line, "nothing follows a backslash");
    }
    append('\\');
    char next = text.charAt(at++);
    if (next == '\n') {
      line++;
    }
    append(next);
  }

  /** Within double quotes four characters are kept from being taken away when the word ends. */
  private void append(char c) {
    if (inQuotes && (c == '*' || c == '?' || c == '[' || c == '\\')) {
      word.append('\\');
    }
    word.append(c);
  }

  private void singleQuotes() throws SyntaxException {
    quoted = true;
    int end = text.indexOf('\'', at);
    if (end < 0) {
      throw new SyntaxException(line, "a single quote is not closed");
    }
    for (int i = at; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    word.append(text, at, end);
    at = end + 1;
  }

  private void dollar() throws SyntaxException {
    char next = at < text.length() ? text.charAt(at) : 0;
    if (HushWord.isLetter(next)) {
      int end = at;
      while (end < text.length() && HushWord.isNamePart(text.charAt(end))) {
        end++;
      }
      reference(text.substring(at, end), end);
    } else if (next == '?') {
      reference("$?", at + 1);
    } else if (next == '{') {
      int end = text.indexOf('}', at);
      if (end < 0) {
        throw new SyntaxException(line, "\"${\" is not closed");
      }
      reference(text.substring(at + 1, end), end + 1);
    } else {
      append('$');
    }
  }

  private void reference(String name, int end) {
    word.append(HushWord.REFERENCE).append(name).append(HushWord.REFERENCE);
    at = end;
  }

  /** Ends a word where the parser forgets to look at the outcome: it complains and goes on. */
  private void endWordLoosely() {
    try {
      endWord();
    } catch (SyntaxException e) {
      if (!e.silent) {
        complaints.add(e.line);
      }
    }
  }

  private void endWord() throws SyntaxException {
    if (word.isEmpty() && !quoted) {
      return;
    }
    Level level = levels.peek();
    if (level.compound != null) {
      throw new SyntaxException(line, "a word follows a compound command");
    }
    if (level.words.isEmpty()) {
      Reserved reserved = RESERVED.get(word.toString());
      if (reserved != null) {
        resetWord();
        reservedWord(reserved);
        return;
      }
      level.line = line;
    }
    level.words.add(HushWord.of(word, quoted));
    resetWord();
    if (level.mode == Mode.FOR) {
      endStep(Follow.SEQUENCE);
    }
  }

  private void resetWord() {
    word.setLength(0);
    quoted = false;
  }

  private void reservedWord(Reserved reserved) throws SyntaxException {
    Level level = levels.peek();
    if (reserved.starts()) {
      if (level.mode == Mode.IN || level.mode == Mode.FOR) {
        level.mode = Mode.BROKEN;
        throw new SyntaxException(line, "a compound command begins inside the head of a \"for\"");
      }
      level.line = line;
      level = new Level();
      levels.push(level);
    } else if (level.mode == Mode.NONE || !level.expected.contains(reserved.mode())) {
      level.mode = Mode.BROKEN;
      throw new SyntaxException(line, "\"" + reserved.mode().name().toLowerCase(java.util.Locale.ROOT)
          + "\" stands where it cannot");
    }
    level.mode = reserved.mode();
    level.expected = reserved.next();
    level.open = !reserved.ends();
    if (reserved.ends()) {
      endStep(Follow.SEQUENCE);
      levels.pop();
      levels.peek().compound = CompoundBuilder.build(level.steps);
      if (levels.peek().mode == Mode.BROKEN) {
        throw new SyntaxException(line, "a compound command ends behind a syntax error", true);
      }
    }
  }

  private void endStep(Follow follow) {
    Level level = levels.peek();
    int at = level.line == 0 ? line : level.line;
    level.steps.add(new Placed(level.mode, new HushStep(List.copyOf(level.words), level.compound, follow, at)));
    level.words = new ArrayList<>();
    level.compound = null;
    level.line = 0;
  }

  /** Something the parser refuses. */
  private static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;
    private final boolean silent;

    SyntaxException(int line, String why) {
      this(line, why, false);
    }

    SyntaxException(int line, String why, boolean silent) {
      super(why, null, false, false);
      this.line = line;
      this.silent = silent;
    }
  }

  /** Turns the flat list of a closed compound command into a tree. */
  private static final class CompoundBuilder {

    private CompoundBuilder() {}

    static HushCompound build(List<Placed> steps) {
      return switch (steps.getFirst().mode()) {
        case IF -> conditional(steps);
        case WHILE -> new HushCompound.While(false, in(steps, Mode.WHILE), in(steps, Mode.DO),
            in(steps, Mode.BROKEN));
        case UNTIL -> new HushCompound.While(true, in(steps, Mode.UNTIL), in(steps, Mode.DO),
            in(steps, Mode.BROKEN));
        case FOR -> loop(steps);
        // "for in do done": without a name there is no loop, and nothing runs
        default -> new HushCompound.If(List.of());
      };
    }

    private static HushCompound conditional(List<Placed> steps) {
      List<HushCompound.Section> sections = new ArrayList<>();
      int i = 0;
      while (i < steps.size() && steps.get(i).mode() != Mode.FI) {
        Mode mode = steps.get(i).mode();
        List<HushStep> section = new ArrayList<>();
        while (i < steps.size() && steps.get(i).mode() == mode) {
          section.add(steps.get(i++).step());
        }
        sections.add(new HushCompound.Section(HushCompound.Part.valueOf(mode.name()), List.copyOf(section)));
      }
      return new HushCompound.If(List.copyOf(sections));
    }

    private static HushCompound loop(List<Placed> steps) {
      for (int i = 0; i + 1 < steps.size(); i++) {
        Placed here = steps.get(i);
        Placed next = steps.get(i + 1);
        if (here.mode() == Mode.IN && next.mode() == Mode.IN && !next.step().words().isEmpty()) {
          return new HushCompound.Malformed("two lists follow \"in\"");
        }
        if (here.mode() == Mode.FOR && next.mode() != Mode.IN) {
          return new HushCompound.Malformed("\"in\" does not follow the name of a \"for\"");
        }
      }
      HushStep head = steps.getFirst().step();
      if (head.words().isEmpty()) {
        return new HushCompound.Malformed("\"for\" has no name");
      }
      List<HushStep> lists = in(steps, Mode.IN);
      return new HushCompound.For(head.words().getFirst(), lists.getFirst().words(), in(steps, Mode.DO),
          in(steps, Mode.BROKEN));
    }

    private static List<HushStep> in(List<Placed> steps, Mode mode) {
      return steps.stream().filter(placed -> placed.mode() == mode).map(Placed::step).toList();
    }
  }
}
