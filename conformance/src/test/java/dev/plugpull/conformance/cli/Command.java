package dev.plugpull.conformance.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The whole command in this process. */
final class Command {
  private Command() {}

  /** What it left behind. */
  record Ran(int exit, String out, String err) {}

  static Ran run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Plugpull.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(words);
    return new Ran(exit, out.toString(), err.toString());
  }
}
