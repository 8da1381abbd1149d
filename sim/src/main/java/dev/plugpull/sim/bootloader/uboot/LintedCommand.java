package dev.plugpull.sim.bootloader.uboot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A simple command as the lint sees it, from either parser.
 *
 * @param words with references written as {@code ${name}}
 * @param used names of the variables it reads
 * @param assigned names of the shell variables it sets
 * @param error why the parser refuses this place, null for a command
 */
record LintedCommand(List<String> words, Set<String> used, Set<String> assigned, String error, int line) {

  static List<LintedCommand> of(HushRules rules, String script) {
    List<LintedCommand> commands = new ArrayList<>();
    switch (rules.parser()) {
      case OLD -> {
        for (HushUnit unit : OldHushParser.script(script)) {
          unit(unit, commands);
        }
      }
      case MODERN -> {
        ModernHush.Program program = ModernHushParser.parse(script);
        modern(program.nodes(), commands);
        if (program.error() != null) {
          commands.add(error(program.error(), program.errorLine()));
        }
      }
    }
    return commands;
  }

  private static LintedCommand error(String why, int line) {
    return new LintedCommand(List.of(), Set.of(), Set.of(), why, line);
  }

  private static void unit(HushUnit unit, List<LintedCommand> commands) {
    unit.complaints().forEach(line -> commands.add(error("a reserved word or a word stands where it cannot", line)));
    switch (unit) {
      case HushUnit.SyntaxError error -> commands.add(error(error.why(), error.line()));
      case HushUnit.Commands list -> steps(list.steps(), commands);
    }
  }

  private static void steps(List<HushStep> steps, List<LintedCommand> commands) {
    for (HushStep step : steps) {
      if (!step.words().isEmpty()) {
        commands.add(simple(step.words(), step.line()));
      }
      switch (step.compound()) {
        case null -> { }
        case HushCompound.If choice -> choice.sections().forEach(section -> steps(section.steps(), commands));
        case HushCompound.While loop -> {
          steps(loop.condition(), commands);
          steps(loop.body(), commands);
        }
        case HushCompound.For loop -> {
          Set<String> used = new TreeSet<>();
          loop.values().forEach(word -> references(word, used));
          commands.add(new LintedCommand(List.of(), used, Set.of(loop.name().toString()), null, step.line()));
          steps(loop.body(), commands);
        }
        case HushCompound.Malformed malformed -> commands.add(error(malformed.why(), step.line()));
      }
    }
  }

  private static LintedCommand simple(List<HushWord> words, int line) {
    Set<String> used = new TreeSet<>();
    Set<String> assigned = new TreeSet<>();
    int at = 0;
    while (at < words.size() && words.get(at).isAssignment()) {
      String text = words.get(at++).literal();
      assigned.add(text.substring(0, text.indexOf('=')));
    }
    words.forEach(word -> references(word, used));
    List<String> rest = words.subList(at, words.size()).stream().map(HushWord::toString).toList();
    return new LintedCommand(rest, used, assigned, null, line);
  }

  private static void references(HushWord word, Set<String> used) {
    for (int i = 1; i < word.pieces().size(); i += 2) {
      add(word.pieces().get(i), used);
    }
  }

  /** A reference with a default is no sign that the variable is expected to be set. */
  private static void add(String reference, Set<String> used) {
    if (!reference.contains(":") && !reference.equals("$?") && !reference.isEmpty()) {
      used.add(reference);
    }
  }

  private static void modern(List<ModernHush.Node> nodes, List<LintedCommand> commands) {
    for (ModernHush.Node node : nodes) {
      switch (node) {
        case ModernHush.Node.Simple simple -> commands.add(modern(simple));
        case ModernHush.Node.Not not -> modern(List.of(not.node()), commands);
        case ModernHush.Node.Chain chain -> modern(chain.nodes(), commands);
        case ModernHush.Node.Group group -> modern(group.nodes(), commands);
        case ModernHush.Node.While loop -> {
          modern(loop.condition(), commands);
          modern(loop.body(), commands);
        }
        case ModernHush.Node.If choice -> {
          choice.conditions().forEach(list -> modern(list, commands));
          choice.bodies().forEach(list -> modern(list, commands));
          modern(choice.otherwise() == null ? List.of() : choice.otherwise(), commands);
        }
        case ModernHush.Node.For loop -> {
          Set<String> used = new TreeSet<>();
          loop.words().forEach(word -> references(word, used));
          commands.add(new LintedCommand(List.of(), used, Set.of(loop.name()), null, loop.line()));
          modern(loop.body(), commands);
        }
        case ModernHush.Node.Death death -> commands.add(error(death.why() + " kills this shell", death.line()));
      }
    }
  }

  private static LintedCommand modern(ModernHush.Node.Simple simple) {
    Set<String> used = new TreeSet<>();
    Set<String> assigned = new TreeSet<>();
    List<String> words = new ArrayList<>();
    for (ModernHush.Word word : simple.words()) {
      references(word, used);
      String text = text(word);
      if (words.isEmpty() && text.matches("[A-Za-z]\\w*=.*")) {
        assigned.add(text.substring(0, text.indexOf('=')));
      } else {
        words.add(text);
      }
    }
    return new LintedCommand(List.copyOf(words), used, assigned, null, simple.line());
  }

  private static void references(ModernHush.Word word, Set<String> used) {
    word.pieces().stream().filter(ModernHush.Piece::variable).forEach(piece -> add(piece.text(), used));
  }

  private static String text(ModernHush.Word word) {
    StringBuilder text = new StringBuilder();
    word.pieces().forEach(piece -> text.append(piece.variable() ? "${" + piece.text() + "}" : piece.text()));
    return text.toString();
  }
}
