package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.HushStep.Follow;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs what {@link OldHushParser} read, with the old parser's ideas of chains, status and expansion.
 *
 * <p>Two ideas explain most quirks. First, {@code &&} and {@code ||} only skip to the end of the chain. Second, a
 * command with a variable in it is put together as text again and read a second time, so that values are split at
 * blanks, quotes in values count, and a value may vanish.
 */
final class OldHush implements Shell {

  private final Session session;
  private final ShellVariables variables;
  private final HushRules rules;
  private long executed;

  OldHush(Session session) {
    this.session = session;
    this.variables = session.variables;
    this.rules = session.board.shell();
  }

  @Override
  public int script(String text) {
    return text.isEmpty() ? 0 : units(session.cache.script(text));
  }

  @Override
  public int variable(String text) {
    return text.isEmpty() ? 0 : units(session.cache.variable(text));
  }

  private int units(List<HushUnit> units) {
    int code = 1;
    for (HushUnit unit : units) {
      switch (unit) {
        case HushUnit.SyntaxError error -> {
          complain(error.complaints());
          if (!error.silent()) {
            session.line = error.line();
            syntaxError(error.why());
          }
        }
        case HushUnit.Commands commands -> {
          complain(commands.complaints());
          code = list(commands.steps(), 0);
          if (code == EXIT) {
            return variables.status;
          }
        }
      }
    }
    return code == 0 ? 0 : 1;
  }

  private void complain(List<Integer> lines) {
    for (int line : lines) {
      session.line = line;
      syntaxError("a reserved word or a word stands where it cannot");
    }
  }

  private void syntaxError(String why) {
    session.print("syntax error\n");
    session.find(UbootFinding.Kind.SYNTAX, "syntax error: " + why, "write what the old hush parser understands");
  }

  /** Runs a list; answers the status of the last command that ran, {@code before} if none did. */
  private int list(List<HushStep> steps, int before) {
    int status = before;
    boolean skipping = false;
    for (HushStep step : steps) {
      if (skipping) {
        skipping = step.follow() != Follow.SEQUENCE;
        continue;
      }
      if (step.isEmpty()) {
        continue;
      }
      status = step(step);
      executed++;
      if (status < -1) {
        variables.status = -status - 2;
        return EXIT;
      }
      variables.status = rules.keepsStatus() || status == 0 ? status : 1;
      skipping = status == 0 ? step.follow() == Follow.OR : step.follow() == Follow.AND;
    }
    return status;
  }

  private int step(HushStep step) {
    session.step();
    session.line = step.line();
    return switch (step.compound()) {
      case null -> command(step.words());
      case HushCompound.If choice -> choose(choice);
      case HushCompound.While loop -> repeat(loop);
      case HushCompound.For loop -> iterate(loop);
      case HushCompound.Malformed malformed -> {
        syntaxError(malformed.why());
        yield 1;
      }
    };
  }

  /** The outcome of a condition is looked at only when a branch has at least one command, even an empty one. */
  private int choose(HushCompound.If choice) {
    int condition = 0;
    int decided = 0;
    int status = 0;
    for (HushCompound.Section section : choice.sections()) {
      switch (section.part()) {
        case IF, ELIF -> {
          if (section.part() == HushCompound.Part.ELIF && decided == 0) {
            return status;
          }
          long before = executed;
          status = list(section.steps(), status);
          condition = executed == before ? condition : status;
        }
        case BROKEN -> status = list(section.steps(), status);
        case THEN, ELSE -> {
          decided = condition;
          if (decided == 0 == (section.part() == HushCompound.Part.THEN)) {
            status = list(section.steps(), status);
          }
        }
      }
      if (status == EXIT) {
        return EXIT;
      }
    }
    return status;
  }

  private int repeat(HushCompound.While loop) {
    int status = 0;
    while (true) {
      session.step();
      long before = executed;
      status = list(loop.condition(), status);
      if (status == EXIT) {
        return EXIT;
      }
      boolean nothingRan = executed == before;
      boolean ends = nothingRan || variables.status == 0 == loop.until();
      status = ends ? status : list(loop.body(), status);
      status = status == EXIT ? EXIT : list(loop.broken(), status);
      if (ends || status == EXIT) {
        return status;
      }
    }
  }

  private int iterate(HushCompound.For loop) {
    List<String> values = new ArrayList<>();
    for (HushWord word : loop.values()) {
      values.addAll(splitAtBlanks(word.expand(variables)));
    }
    int status = 0;
    String name = loop.name().expand(variables);
    for (String value : values) {
      session.step();
      status = command(List.of(new HushWord(List.of(name + "=" + value), false)));
      variables.status = status == 0 ? 0 : 1;
      status = list(loop.body(), status);
      status = status == EXIT ? EXIT : list(loop.broken(), status);
      if (status == EXIT) {
        return EXIT;
      }
    }
    return list(loop.broken(), status);
  }

  private static List<String> splitAtBlanks(String text) {
    List<String> values = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ' ') {
        if (i > start) {
          values.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return values;
  }

  private int command(List<HushWord> words) {
    int assignments = 0;
    while (assignments < words.size() && words.get(assignments).isAssignment()) {
      variables.assign(words.get(assignments++).expand(variables));
    }
    if (assignments == words.size()) {
      return 0;
    }
    List<HushWord> rest = words.subList(assignments, words.size());
    for (HushWord word : rest) {
      if (word.hasReferences()) {
        return readAgain(rest);
      }
    }
    return execute(rest);
  }

  private int execute(List<HushWord> words) {
    if (words.getFirst().literal().indexOf(';') >= 0) {
      session.print("Unknown command '" + words.getFirst().literal() + "' - try 'help' or use 'run' command\n");
      return -1;
    }
    String[] arguments = new String[words.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = words.get(i).literal();
    }
    return session.execute(arguments);
  }

  /** Puts the command together with values in place of variables, reads that text, and runs it. */
  private int readAgain(List<HushWord> words) {
    StringBuilder text = new StringBuilder();
    for (HushWord word : words) {
      String quote = word.quoted() ? "'" : "";
      text.append(text.isEmpty() ? "" : " ").append(quote).append(word.expand(variables)).append(quote);
    }
    List<HushWord> again = SecondReading.words(text.append('\n').toString());
    if (again == null) {
      syntaxError("a value has an unbalanced quote or a backslash at its end");
      return variables.status;
    }
    if (again.isEmpty()) {
      return variables.status;
    }
    int status = command(again);
    if (status < -1) {
      variables.status = -status - 2;
    } else {
      variables.status = rules.keepsStatus() || status == 0 ? status : 1;
    }
    return variables.status;
  }
}
