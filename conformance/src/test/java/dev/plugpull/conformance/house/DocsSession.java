package dev.plugpull.conformance.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page tells its reader to type, and what it says comes out.
 *
 * <p>A line {@code $ COMMAND} in a block is a command; the lines below it, up to the next command or the end of the
 * block, are its output. A line {@code ...} in it stands for any lines, {@code ...} within a line for any text. A block
 * below a line that ends in {@code in `FILE`:} is the content of that file. {@code <!-- by hand: COMMAND -->} does what
 * the text tells the reader to do in an editor.
 */
record DocsSession(Path page, List<Command> commands) {
  private static final Pattern BY_HAND = Pattern.compile("^<!-- by hand: (.*) -->$");
  private static final Pattern FILE = Pattern.compile("^.*\\bin `([^` ]+\\.[a-z]+)`:$");

  /** When a command is run, as a comment behind it says. */
  enum When {
    ALWAYS(""),
    NIGHTLY("compared nightly"),
    MACHINE("needs a virtual machine"),
    NEVER("not compared");

    private final String words;

    When(String words) {
      this.words = words;
    }
  }

  /**
   * One command.
   *
   * @param line number in the page, from 1
   * @param expected null if the page says nothing of its output
   */
  record Command(int line, String text, When when, List<String> expected) {}

  static DocsSession of(Path page) throws IOException {
    return new DocsSession(page, new Reader(Files.readAllLines(page)).read());
  }

  private static final class Reader {
    private final List<String> lines;
    private final List<Command> commands = new ArrayList<>();
    private int at;
    private String file;

    Reader(List<String> lines) {
      this.lines = lines;
    }

    List<Command> read() {
      while (at < lines.size()) {
        String line = lines.get(at);
        Matcher byHand = BY_HAND.matcher(line);
        Matcher named = FILE.matcher(line);
        if (byHand.matches()) {
          commands.add(new Command(at + 1, byHand.group(1), When.ALWAYS, null));
        } else if (named.matches()) {
          file = named.group(1);
        } else if (line.startsWith("```") || line.startsWith("    ")) {
          block();
          file = null;
          continue;
        } else if (!line.isBlank()) {
          file = null;
        }
        at++;
      }
      return commands;
    }

    private void block() {
      int first = at;
      boolean fenced = lines.get(at).startsWith("```");
      List<String> inside = new ArrayList<>();
      if (fenced) {
        first = ++at;
        while (at < lines.size() && !lines.get(at).startsWith("```")) {
          inside.add(lines.get(at++));
        }
        at++;
      } else {
        while (at < lines.size() && (lines.get(at).startsWith("    ") || inner())) {
          inside.add(lines.get(at).isBlank() ? "" : lines.get(at).substring(4));
          at++;
        }
      }
      take(first, inside);
    }

    /** A blank line between two indented ones. */
    private boolean inner() {
      return lines.get(at).isBlank() && at + 1 < lines.size() && lines.get(at + 1).startsWith("    ");
    }

    private void take(int first, List<String> inside) {
      if (file != null) {
        String here = "END_OF_FILE";
        String text = "mkdir -p \"$(dirname " + file + ")\" && cat >" + file + " <<'" + here + "'\n"
            + String.join("\n", inside) + "\n" + here;
        commands.add(new Command(first, text, When.ALWAYS, null));
        return;
      }
      for (int i = 0; i < inside.size(); i++) {
        if (inside.get(i).startsWith("$ ")) {
          int end = i + 1;
          while (end < inside.size() && !inside.get(end).startsWith("$ ")) {
            end++;
          }
          List<String> expected = inside.subList(i + 1, end).stream().map(String::strip).toList();
          String text = inside.get(i).substring(2);
          commands.add(new Command(first + i + 1, text, when(text), expected.isEmpty() ? null : expected));
        }
      }
    }

    private static When when(String text) {
      for (When when : When.values()) {
        if (when != When.ALWAYS && text.matches(".*\\s# .*" + when.words + ".*")) {
          return when;
        }
      }
      return When.ALWAYS;
    }
  }

  /** The commands as one script for bash, each with its output in a file {@code said.N}. */
  String script(List<When> run) {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < commands.size(); i++) {
      if (run.contains(commands.get(i).when())) {
        script.append("{ ").append(commands.get(i).text()).append("\n} >\"$said.").append(i).append("\" 2>&1\n");
      }
    }
    return script.toString();
  }

  /** Whether lines of output are what the page shows, times aside. */
  static boolean fits(List<String> expected, String said) {
    StringBuilder pattern = new StringBuilder();
    for (String line : expected) {
      if (line.equals("...")) {
        pattern.append("(.*\\n)*");
      } else {
        String[] parts = untimed(line).split("\\.\\.\\.", -1);
        for (int i = 0; i < parts.length; i++) {
          pattern.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        pattern.append("\\n");
      }
    }
    String lines = String.join("\n", said.lines().map(String::strip).map(DocsSession::untimed).toList()) + "\n";
    return Pattern.matches(pattern + "(\\n)*", lines);
  }

  /** Without what differs from run to run (seconds, and the rates made of them), and without colours. */
  private static String untimed(String line) {
    return line.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("[0-9][0-9,.]* (s|ms|min)\\b", "N $1")
        .replaceAll("[0-9][0-9,]* (a|per) second", "N a second");
  }

  static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }
}
