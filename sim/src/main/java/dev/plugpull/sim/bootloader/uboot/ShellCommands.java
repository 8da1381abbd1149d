package dev.plugpull.sim.bootloader.uboot;

import static dev.plugpull.sim.bootloader.uboot.UbootCommands.add;

import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import java.util.Map;

/** Commands that stay inside the shell: output, tests, control. */
final class ShellCommands {

  private ShellCommands() {}

  static void addTo(Map<String, Entry> all) {
    add(all, "echo", 0, ShellCommands::echo);
    add(all, "true", 0, (session, words) -> 0);
    add(all, "false", 0, (session, words) -> 1);
    add(all, "test", 0, TestCommand::run);
    add(all, "itest", 4, IntegerTestCommand::run);
    add(all, "setexpr", 8, SetExprCommand::run);
    add(all, "run", 0, ShellCommands::run);
    add(all, "exit", 2, ShellCommands::exit);
    add(all, "showvar", 0, ShellCommands::showvar);
    add(all, "cli", 3, ShellCommands::cli);
    add(all, "sleep", 2, ShellCommands::sleep);
    add(all, "reset", 2, (session, words) -> reset(session, words));
    add(all, "poweroff", 1, (session, words) -> {
      throw new BootEnd(new BootOutcome.PowerOff("the script switches the power off at " + session.where()));
    });
    add(all, "hang", 1, (session, words) -> {
      throw new BootEnd(new BootOutcome.Hang("the script stops the board at " + session.where()));
    });
    add(all, "version", 1, (session, words) -> {
      session.print("U-Boot\n");
      return 0;
    });
    add(all, "help", 0, (session, words) -> 0);
    add(all, "time", 0, ShellCommands::time);
    add(all, "pause", 2, (session, words) -> {
      throw new BootEnd(new BootOutcome.Prompt("the script waits for a key at " + session.where()));
    });
  }

  private static int echo(Session session, String[] words) {
    boolean newline = words.length < 2 || !words[1].equals("-n");
    StringBuilder text = new StringBuilder();
    for (int i = newline ? 1 : 2; i < words.length; i++) {
      text.append(text.isEmpty() && i == (newline ? 1 : 2) ? "" : " ").append(words[i]);
    }
    session.print(newline ? text.append('\n').toString() : text.toString());
    return 0;
  }

  /** Runs variables one after the other and stops at the first that fails or is not defined. */
  private static int run(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    for (int i = 1; i < words.length; i++) {
      String name = words[i];
      String text = session.environment(name);
      if (text == null) {
        session.print("## Error: \"" + name + "\" not defined\n");
        session.find(UbootFinding.Kind.NEVER_SET, "\"run " + name + "\": the variable is not defined",
            "set " + name + " in the script or in the default environment");
        return 1;
      }
      session.step();
      int status = session.in("env:" + name, () -> session.shell.variable(text));
      if (status != 0) {
        return session.board.shell().keepsStatus() ? status : 1;
      }
    }
    return 0;
  }

  private static int exit(Session session, String[] words) {
    int status = words.length > 1 ? (int) Numbers.decimal(words[1]) : 0;
    return session.board.shell().exitEnds() ? -2 - status : status;
  }

  private static int showvar(Session session, String[] words) {
    if (words.length == 1) {
      session.variables.locals().forEach((name, value) -> session.print(name + "=" + value + "\n"));
      return 0;
    }
    int missing = 0;
    for (int i = 1; i < words.length; i++) {
      String value = session.variables.locals().get(words[i]);
      if (value == null) {
        session.print("## Error: \"" + words[i] + "\" not defined\n");
        missing++;
      } else {
        session.print(words[i] + "=" + value + "\n");
      }
    }
    return missing;
  }

  private static int cli(Session session, String[] words) {
    session.find(UbootFinding.Kind.NOT_MODELLED, "\"cli\" is ignored: the parser of the board file stays in use",
        "name the parser in the board file");
    return 0;
  }

  private static int sleep(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    session.step();
    return 0;
  }

  private static int reset(Session session, String[] words) {
    boolean warm = words.length > 1 && words[1].equals("-w");
    session.print("resetting ...\n");
    throw new BootEnd(new BootOutcome.Reset(!warm, "the script resets the board at " + session.where()));
  }

  private static int time(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    String[] inner = java.util.Arrays.copyOfRange(words, 1, words.length);
    int status = session.execute(inner);
    session.print("\ntime: 0.000 seconds\n");
    return status;
  }
}
