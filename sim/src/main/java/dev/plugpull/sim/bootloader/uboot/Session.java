package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** The state of one run: it begins with the power-on and ends with the outcome. */
final class Session {

  private static final int MAX_DEPTH = 100;

  final BootMachine machine;
  final UbootBoard board;
  final CommandTable commands;
  final ScriptCache cache;
  final ShellVariables variables;
  final UbootMemory memory = new UbootMemory();
  final Devices devices;
  final Shell shell;

  /** Name of what is being run, for {@code file:line}. */
  String source = "power-on";

  /** Line in {@link #source}. */
  int line;

  /** Address of the device tree that {@code fdt} works on, 0 if none. */
  long fdtAddress;

  /** The boot counter as {@code bootcount} shows it. */
  int bootCount;

  /** True while the environment in memory is the built-in one. */
  boolean environmentIsDefault;

  /** Which copy of a redundant environment was loaded; the next save goes to the other one. */
  UbootEnvironment.Copy loadedCopy = UbootEnvironment.Copy.NONE;

  /** Flag byte of the loaded copy. */
  int loadedFlag;

  private final StringBuilder console = new StringBuilder();
  private final Map<String, UbootFinding> findings = new LinkedHashMap<>();
  private int lineStart;
  private int depth;
  private long steps;

  Session(BootMachine machine, UbootBoard board, CommandTable commands, ScriptCache cache) {
    this.machine = machine;
    this.board = board;
    this.commands = commands;
    this.cache = cache;
    this.variables = new ShellVariables(board.shell().emptyAssignmentUnsets());
    this.devices = new Devices(this);
    this.shell = switch (board.shell().parser()) {
      case OLD -> new OldHush(this);
      case MODERN -> new ModernHush(this);
    };
  }

  /** One virtual step; more than the limit is an endless loop. */
  void step() {
    if (++steps > board.stepLimit()) {
      throw new BootEnd(new BootOutcome.Endless("the boot script runs without end at " + where(), steps));
    }
  }

  /** Runs something in a source of its own: a script or a variable. */
  int in(String name, IntSupplier body) {
    String outerSource = source;
    int outerLine = line;
    if (++depth > MAX_DEPTH) {
      throw new BootEnd(new BootOutcome.Endless("scripts and variables run each other without end at " + where(),
          steps));
    }
    source = name;
    line = 1;
    try {
      return body.getAsInt();
    } finally {
      depth--;
      source = outerSource;
      line = outerLine;
    }
  }

  /** Runs one command: its own name or an unambiguous beginning of it. */
  int execute(String[] words) {
    CommandTable.Entry entry = commands.find(words[0]);
    if (entry == null) {
      print("Unknown command '" + words[0] + "' - try 'help'\n");
      find(UbootFinding.Kind.UNKNOWN_COMMAND, "this build has no command \"" + words[0] + "\": status 1",
          "enable the command in the U-Boot build, or name it in the board file if the build has it");
      return 1;
    }
    int status = words.length > entry.maxWords() ? Command.USAGE : entry.command().run(this, words);
    if (status == Command.USAGE) {
      print(entry.name() + " - wrong words\n\nUsage:\n" + entry.name() + " \n");
      return 1;
    }
    return status;
  }

  String where() {
    return source + ":" + line;
  }

  void print(String text) {
    console.append(text);
    int newline;
    while ((newline = console.indexOf("\n", lineStart)) >= 0) {
      machine.said(where(), console.substring(lineStart, newline));
      lineStart = newline + 1;
    }
  }

  /** A line for the trace that U-Boot itself does not print. */
  void note(String what) {
    machine.said(where(), what);
  }

  void wrote(String point, String what) {
    machine.wrote(point, where(), what);
  }

  void find(UbootFinding.Kind kind, String what, String remedy) {
    findings.putIfAbsent(kind + what, new UbootFinding(kind, where(), what, remedy));
  }

  /** The value of an environment variable, null if it is not set. */
  String environment(String name) {
    return variables.environment.get(name);
  }

  /** Sets an environment variable as commands do: an empty value deletes it. */
  void set(String name, String value) {
    if (value.isEmpty()) {
      variables.environment.remove(name);
    } else {
      variables.environment.put(name, value);
    }
  }

  void setHex(String name, long value) {
    variables.environment.put(name, Long.toHexString(value));
  }

  List<UbootFinding> findings() {
    return List.copyOf(findings.values());
  }

  String console() {
    return console.toString();
  }
}
