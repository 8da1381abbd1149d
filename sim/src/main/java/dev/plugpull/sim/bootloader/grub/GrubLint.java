package dev.plugpull.sim.bootloader.grub;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Looks at a script without running it. Every finding has a place and a remedy. */
public final class GrubLint {

  private static final Set<String> GIVEN_BY_GRUB =
      Set.of("?", "root", "prefix", "cmdpath", "chosen", "config_file", "config_directory", "grub_cpu",
          "grub_platform", "lang", "locale_dir", "secondary_locale_dir", "pager", "check_signatures",
          "color_normal", "color_highlight", "net_default_mac", "net_default_ip", "net_default_server",
          "default", "timeout", "fallback", "gfxmode", "gfxpayload", "debug", "superusers", "theme",
          "shim_lock", "lockdown");

  private final GrubConfig config;
  private final Predicate<String> provided;
  private final List<GrubFinding> findings = new ArrayList<>();
  private final Set<String> functions = new TreeSet<>();
  private final Set<String> set = new TreeSet<>();
  private final TreeMap<String, String> firstRead = new TreeMap<>();
  private String file = "";

  private GrubLint(GrubConfig config, Predicate<String> provided) {
    this.config = config;
    this.provided = provided;
  }

  /**
   * Checks a script.
   *
   * @param loaded variables that an environment block or another script provides
   * @param provided says whether a file (path without device) is there or made by the update system
   */
  public static List<GrubFinding> check(
      GrubScript script, GrubConfig config, Set<String> loaded, Predicate<String> provided) {
    GrubLint lint = new GrubLint(config, provided);
    lint.set.addAll(loaded);
    lint.set.addAll(GIVEN_BY_GRUB);
    lint.set.addAll(config.variables().keySet());
    lint.declare(script);
    lint.walk(script);
    lint.neverSet();
    return lint.findings;
  }

  /** First pass: functions and variables may be set behind their first use. */
  private void declare(GrubScript script) {
    for (ScriptUnit unit : script.units) {
      for (ScriptUnit.Function function : unit.functions()) {
        functions.add(function.name());
        declare(function.body());
      }
      declare(unit.commands());
    }
  }

  private void declare(Statement statement) {
    switch (statement) {
      case null -> {}
      case Statement.Simple simple -> declareSimple(simple);
      case Statement.If conditional -> {
        declare(conditional.condition());
        declare(conditional.then());
        declare(conditional.otherwise());
      }
      case Statement.For loop -> {
        set.add(loop.name());
        declare(loop.body());
      }
      case Statement.Loop loop -> {
        declare(loop.condition());
        declare(loop.body());
      }
      case Statement.Sequence sequence -> sequence.statements().forEach(this::declare);
    }
  }

  private void declareSimple(Statement.Simple simple) {
    if (simple.block() != null) {
      declare(simple.block().script());
    }
    boolean negated = simple.words().size() > 1 && "!".equals(simple.words().getFirst().constant);
    List<Word> words = negated ? simple.words().subList(1, simple.words().size()) : simple.words();
    String command = words.getFirst().leadingText();
    int equals = command.indexOf('=');
    if (equals > 0) {
      set.add(command.substring(0, equals));
    }
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i).leadingText();
      String before = words.get(i - 1).leadingText();
      switch (command) {
        case "set" -> {
          if (i == 1 && word.indexOf('=') > 0) {
            set.add(word.substring(0, word.indexOf('=')));
          }
        }
        case "search", "probe", "regexp" -> {
          if (word.startsWith("--set=")) {
            set.add(word.substring(word.lastIndexOf(word.indexOf(':') > 0 ? ':' : '=') + 1));
          } else if (before.equals("--set") || before.equals("-s")) {
            set.add(word.substring(word.indexOf(':') + 1));
          }
        }
        case "load_env" -> {
          if (!word.startsWith("-") && !before.equals("-f") && !before.equals("--file")) {
            set.add(word);
          }
        }
        case "search.fs_label", "search.fs_uuid", "search.file" -> {
          if (i == 2) {
            set.add(word);
          }
        }
        default -> {}
      }
    }
  }

  private void walk(GrubScript script) {
    String outer = file;
    file = script.file;
    for (ScriptUnit unit : script.units) {
      unit.functions().forEach(function -> walk(function.body()));
      if (unit.fault() != null) {
        add(
            GrubFinding.Kind.SYNTAX_ERROR,
            unit.fault().line(),
            unit.fault().why() + "; GRUB drops the statement and reads on at the next line",
            "write it in the grammar of GRUB's script language");
      }
      walk(unit.commands());
    }
    file = outer;
  }

  private void walk(Statement statement) {
    switch (statement) {
      case null -> {}
      case Statement.Simple simple -> walkSimple(simple);
      case Statement.If conditional -> {
        walk(conditional.condition());
        walk(conditional.then());
        walk(conditional.otherwise());
      }
      case Statement.For loop -> {
        loop.words().forEach(this::reads);
        walk(loop.body());
      }
      case Statement.Loop loop -> {
        walk(loop.condition());
        walk(loop.body());
      }
      case Statement.Sequence sequence -> sequence.statements().forEach(this::walk);
    }
  }

  private void walkSimple(Statement.Simple simple) {
    List<Word> words = simple.words();
    words.forEach(this::reads);
    if (simple.block() != null) {
      walk(simple.block().script());
    }
    int first = words.size() > 1 && "!".equals(words.getFirst().constant) ? 1 : 0;
    String command = words.get(first).constant;
    if (command == null) {
      return;
    }
    if (command.indexOf('=') < 0 && !config.has(command) && !functions.contains(command)) {
      add(
          GrubFinding.Kind.UNKNOWN_COMMAND,
          simple.line(),
          "this GRUB has no command '" + command + "'; it prints an error and goes on with status 0",
          "use a command of the build, or build GRUB with its module");
    }
    if (Set.of("linux", "linux16", "linuxefi", "initrd", "initrd16", "initrdefi", "devicetree", "chainloader",
        "source", ".", "configfile", "loopback").contains(command)) {
      int at = first + (command.equals("loopback") ? 2 : 1);
      while (at < words.size() && words.get(at).leadingText().startsWith("-")) {
        at++;
      }
      if (at < words.size()) {
        needs(words.get(at), simple.line());
      }
    }
  }

  /** A file named without variables in its path must be there. */
  private void needs(Word word, int line) {
    StringBuilder text = new StringBuilder();
    for (Part part : word.parts) {
      switch (part) {
        case Part.Text plain -> text.append(Patterns.unescape(plain.raw()));
        case Part.Quoted quoted -> text.append(quoted.text());
        case Part.Variable _, Part.QuotedVariable _, Part.Translated _, Part.Block _ -> text.append('\0');
      }
    }
    int close = text.indexOf(")");
    boolean device = text.indexOf("(") == 0 && close > 0;
    String path = device ? text.substring(close + 1) : text.toString();
    boolean loop = device && !text.substring(0, close).startsWith("(hd") && text.charAt(1) != '\0';
    if (loop || path.indexOf('\0') >= 0 || !path.startsWith("/") || provided.test(path)) {
      return;
    }
    add(
        GrubFinding.Kind.NEVER_PROVIDED,
        line,
        "nobody provides the file " + path,
        "ship it in the gadget, or name the file that the update system writes");
  }

  private void reads(Word word) {
    for (Part part : word.parts) {
      String name =
          switch (part) {
            case Part.Variable variable -> variable.name();
            case Part.QuotedVariable variable -> variable.name();
            case Part.Text _, Part.Quoted _, Part.Translated _, Part.Block _ -> null;
          };
      if (name != null && !Interpreter.isSpecial(name) && !name.startsWith("feature_")) {
        firstRead.putIfAbsent(name, file + ":" + word.line);
      }
    }
  }

  private void neverSet() {
    firstRead.forEach(
        (name, where) -> {
          if (!set.contains(name)) {
            findings.add(
                new GrubFinding(
                    GrubFinding.Kind.NEVER_SET,
                    where,
                    "variable '" + name + "' is read, but nothing sets it and no environment block provides it",
                    "set it before, or load it with load_env; quote it if it may be empty"));
          }
        });
  }

  private void add(GrubFinding.Kind kind, int line, String what, String remedy) {
    findings.add(new GrubFinding(kind, file + ":" + line, what, remedy));
  }
}
