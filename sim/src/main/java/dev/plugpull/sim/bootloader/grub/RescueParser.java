package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;

/**
 * The parser of the configuration inside a core image: simple commands and variables, no statements.
 *
 * <p>Variables are not split, quotes keep blanks, {@code #} is no comment, a line ends the command unless a quote is
 * open. {@code if}, {@code for} and {@code function} are unknown commands.
 */
final class RescueParser {

  private final Interpreter in;
  private final String text;
  private int at;

  private RescueParser(Interpreter in, String text) {
    this.in = in;
    this.text = text;
  }

  static void run(Interpreter in, String text) {
    RescueParser parser = new RescueParser(in, text);
    while (parser.at < text.length()) {
      parser.command(parser.words());
      in.printError();
    }
  }

  private void command(List<String> words) {
    if (words.isEmpty()) {
      return;
    }
    in.charge(1);
    String first = words.getFirst();
    int equals = first.indexOf('=');
    if (words.size() == 1 && equals >= 0) {
      in.variables().set(first.substring(0, equals), first.substring(equals + 1));
      return;
    }
    if (first.isEmpty()) {
      return;
    }
    GrubCommand command = in.config.missingCommands().contains(first) ? null : CommandTable.find(in.config, first);
    if (command == null) {
      in.print("Unknown command `" + first + "'.\n");
      in.finding(
          GrubFinding.Kind.UNKNOWN_COMMAND,
          "the rescue parser has no command '" + first + "'; it only knows simple commands",
          "move the statement to a file that is read in normal mode");
      return;
    }
    command.run(in, words.subList(1, words.size()), null);
    if (in.pendingError() == GrubError.TEST_FAILURE.number) {
      in.clearError();
    }
  }

  /** The words up to the end of the line; a quote may carry it over several. */
  private List<String> words() {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' && quote == 0) {
        at++;
        break;
      }
      at++;
      if (quote == 0 && GrubNumber.isSpace(c)) {
        if (word != null && !word.isEmpty()) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (quote == 0 && c == '\\') {
        if (at < text.length() && text.charAt(at) != '\n') {
          word.append(text.charAt(at));
        }
        at++;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != '\'' && c == '$') {
        variable(word);
      } else {
        word.append(c);
      }
    }
    if (word != null && !word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private void variable(StringBuilder word) {
    boolean braces = at < text.length() && text.charAt(at) == '{';
    int start = braces ? at + 1 : at;
    int end = start;
    while (end < text.length() && (braces ? text.charAt(end) != '}' : isNameCharacter(text.charAt(end)))) {
      end++;
    }
    String value = in.variables().get(text.substring(start, end));
    if (value != null) {
      word.append(value);
    }
    at = braces ? Math.min(end + 1, text.length()) : end;
  }

  private static boolean isNameCharacter(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }
}
