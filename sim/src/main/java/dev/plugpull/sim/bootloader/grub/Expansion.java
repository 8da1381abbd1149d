package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;

/** Turns the words of a command into its arguments: variables, splitting, file-name patterns. */
final class Expansion {

  private final Interpreter in;
  private final List<String> arguments = new ArrayList<>();

  /** The argument being built as a pattern; null while nothing belongs to it, so that it vanishes. */
  private StringBuilder pattern;

  private Expansion(Interpreter in) {
    this.in = in;
  }

  static List<String> expand(Interpreter in, List<Word> words) {
    Expansion expansion = new Expansion(in);
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      expansion.finish();
      if (word.constant != null) {
        expansion.arguments.add(word.constant);
      } else {
        expansion.add(word);
      }
    }
    expansion.finish();
    return expansion.arguments;
  }

  private void finish() {
    if (pattern == null) {
      return;
    }
    String finished = pattern.toString();
    pattern = null;
    if (in.wildcards() && !finished.isEmpty() && "/(*".indexOf(finished.charAt(0)) >= 0 && Patterns.isMagic(finished)) {
      List<String> matches = Wildcards.expand(in, finished);
      if (!matches.isEmpty()) {
        arguments.addAll(matches);
        return;
      }
    }
    arguments.add(Patterns.unescape(finished));
  }

  private void append(String escaped) {
    if (pattern == null) {
      pattern = new StringBuilder();
    }
    pattern.append(escaped);
  }

  private void add(Word word) {
    for (int i = 0; i < word.parts.size(); i++) {
      switch (word.parts.get(i)) {
        case Part.Text text -> {
          if (!text.raw().isEmpty()) {
            append(text.raw());
          }
        }
        case Part.Quoted quoted -> append(Patterns.escape(quoted.text()));
        case Part.Variable variable -> unquoted(variable.name());
        case Part.QuotedVariable variable -> quoted(variable.name());
        case Part.Translated translated -> append(Patterns.escape(Translation.expand(in, translated.text())));
        case Part.Block block -> append("{" + Patterns.escape(block.source().text) + "}");
      }
    }
  }

  private void unquoted(String name) {
    List<String> parameters = in.parameters();
    if (!Interpreter.isSpecial(name)) {
      String value = in.variables().get(name);
      if (value != null) {
        split(value);
      }
    } else if (parameters != null) {
      switch (name) {
        case "#" -> append(Integer.toString(parameters.size()));
        case "*", "@" -> {
          for (int i = 0; i < parameters.size(); i++) {
            if (i > 0) {
              finish();
            }
            split(parameters.get(i));
          }
        }
        default -> {
          String value = positional(parameters, name);
          if (value != null) {
            split(value);
          }
        }
      }
    }
  }

  private void quoted(String name) {
    List<String> parameters = in.parameters();
    if (!Interpreter.isSpecial(name)) {
      String value = in.variables().get(name);
      if (value != null) {
        append(Patterns.escape(value));
      }
    } else if (parameters != null) {
      switch (name) {
        case "#" -> append(Integer.toString(parameters.size()));
        case "*" -> append(Patterns.escape(String.join(" ", parameters)));
        case "@" -> {
          for (int i = 0; i < parameters.size(); i++) {
            if (i > 0) {
              finish();
            }
            append(Patterns.escape(parameters.get(i)));
          }
        }
        default -> {
          String value = positional(parameters, name);
          if (value != null) {
            append(Patterns.escape(value));
          }
        }
      }
    }
  }

  private static String positional(List<String> parameters, String name) {
    long number = GrubNumber.parse(name, 0, 10).value();
    return number > 0 && number <= parameters.size() ? parameters.get((int) number - 1) : null;
  }

  private void split(String value) {
    int i = 0;
    int length = value.length();
    boolean first = true;
    while (true) {
      while (i < length && GrubNumber.isSpace(value.charAt(i))) {
        i++;
      }
      if (i == length) {
        return;
      }
      int start = i;
      while (i < length && !GrubNumber.isSpace(value.charAt(i))) {
        i++;
      }
      if (!first) {
        finish();
      }
      first = false;
      append(Patterns.escapeBackslashes(value.substring(start, i)));
    }
  }
}
