package dev.plugpull.sim.bootloader.uboot;

import static dev.plugpull.sim.bootloader.uboot.UbootCommands.add;

import dev.plugpull.sim.bootloader.uboot.CommandTable.Entry;
import java.util.Arrays;
import java.util.Map;

/** {@code setenv}, {@code printenv}, {@code saveenv} and the {@code env} family. */
final class EnvironmentCommands {

  private EnvironmentCommands() {}

  static void addTo(Map<String, Entry> all) {
    add(all, "setenv", 0, EnvironmentCommands::setenv);
    add(all, "printenv", 0, EnvironmentCommands::printenv);
    add(all, "saveenv", 1, (session, words) -> EnvironmentStorage.save(session));
    add(all, "env", 0, EnvironmentCommands::env);
    add(all, "askenv", 0, (session, words) -> 1);
    add(all, "editenv", 2, (session, words) -> 1);
  }

  private static int env(Session session, String[] words) {
    if (words.length < 2) {
      return Command.USAGE;
    }
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    return switch (rest[0]) {
      case "set" -> setenv(session, rest);
      case "print" -> printenv(session, rest);
      case "save" -> EnvironmentStorage.save(session);
      case "load" -> EnvironmentStorage.load(session) ? 0 : 1;
      case "exists" -> rest.length < 2 ? Command.USAGE : session.environment(rest[1]) != null ? 0 : 1;
      case "delete" -> delete(session, rest);
      case "default" -> defaults(session, rest);
      case "import" -> EnvironmentImport.run(session, rest);
      case "export" -> EnvironmentExport.run(session, rest);
      case "run" -> session.execute(rest);
      case "info" -> session.environmentIsDefault ? 1 : 0;
      case "erase", "select", "flags", "callbacks", "grep", "ask", "edit", "indirect" -> {
        session.find(UbootFinding.Kind.NOT_MODELLED, "\"env " + rest[0] + "\" is not modelled and does nothing", "");
        yield 0;
      }
      default -> Command.USAGE;
    };
  }

  private static int setenv(Session session, String[] words) {
    int at = 1;
    while (at < words.length && words[at].startsWith("-")) {
      if (!words[at].matches("-f*")) {
        return Command.USAGE;
      }
      at++;
    }
    if (at >= words.length) {
      return Command.USAGE;
    }
    String name = words[at];
    if (name.contains("=")) {
      session.print("## Error: illegal character '='in variable name \"" + name + "\"\n");
      return 1;
    }
    if (at + 1 == words.length) {
      session.variables.environment.remove(name);
    } else {
      String value = at + 2 == words.length ? words[at + 1]
          : String.join(" ", Arrays.asList(words).subList(at + 1, words.length));
      session.variables.environment.put(name, value);
    }
    return 0;
  }

  private static int printenv(Session session, String[] words) {
    int at = words.length > 1 && words[1].startsWith("-a") ? 2 : 1;
    if (at == words.length) {
      StringBuilder all = new StringBuilder();
      session.variables.environment.forEach((name, value) -> {
        if (at == 2 || !name.startsWith(".")) {
          all.append(name).append('=').append(value.replace("\\", "\\\\").replace("\n", "\\\n")).append('\n');
        }
      });
      int room = session.board.environmentSize() - session.board.header().length();
      session.print(all + "\nEnvironment size: " + (all.length() + 1) + "/" + room + " bytes\n");
      return 0;
    }
    int missing = 0;
    for (int i = at; i < words.length; i++) {
      String value = session.environment(words[i]);
      if (value == null) {
        session.print("## Error: \"" + words[i] + "\" not defined\n");
        missing++;
      } else {
        session.print(words[i] + "=" + value + "\n");
      }
    }
    return missing;
  }

  private static int delete(Session session, String[] words) {
    int status = 0;
    int names = 0;
    for (int i = 1; i < words.length; i++) {
      if (i == 1 + names && words[i].startsWith("-") && names == 0) {
        continue;
      }
      names++;
      if (session.variables.environment.remove(words[i]) == null) {
        status = 1;
      }
    }
    return names == 0 ? Command.USAGE : status;
  }

  private static int defaults(Session session, String[] words) {
    boolean all = false;
    int at = 1;
    while (at < words.length && words[at].startsWith("-")) {
      all |= words[at].contains("a");
      at++;
    }
    Map<String, String> built = session.board.environment();
    if (all && at == words.length) {
      session.print("## Resetting to default environment\n");
      session.variables.environment.clear();
      session.variables.environment.putAll(built);
      session.environmentIsDefault = true;
      return 0;
    }
    if (all || at == words.length) {
      return Command.USAGE;
    }
    for (int i = at; i < words.length; i++) {
      session.set(words[i], built.getOrDefault(words[i], ""));
    }
    return 0;
  }
}
