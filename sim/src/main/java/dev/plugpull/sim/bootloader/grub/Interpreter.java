package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootMachine;
import dev.plugpull.sim.bootloader.BootOutcome;
import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Executes parsed scripts. One object is one run of GRUB; it is not used again after a reset.
 *
 * <p>A command has two results, and both matter: the status that becomes {@code $?}, and the pending error that is
 * printed. They often differ, as after {@code test abc -eq 0}, which is true and prints an error.
 */
final class Interpreter {

  /** Calls deeper than this would run over the stack of a real GRUB. */
  private static final int DEEPEST_CALL = 120;

  final GrubConfig config;
  final BootMachine machine;
  final LoadedKernel kernel = new LoadedKernel();
  final List<GrubFinding> findings = new ArrayList<>();
  private final ScriptSource scripts;
  private final Devices devices;
  private final Map<String, FunctionCell> functions = new HashMap<>();
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder lineSoFar = new StringBuilder();

  private Variables variables;
  private Menu menu = new Menu();
  private List<String> parameters;
  private boolean wildcards;
  private int activeLoops;
  private int activeBreaks;
  private boolean breakIsContinue;
  private boolean functionReturn;
  private int pendingNumber;
  private String pendingMessage;
  private int printedErrors;
  private int depth;
  private long steps;
  private String file = "";
  private int line;

  /** A function that may be redefined, but not while it runs. */
  private static final class FunctionCell {
    private Statement.Sequence body;
    private String file;
    private int executing;
  }

  Interpreter(GrubConfig config, BootMachine machine, ScriptSource scripts, Variables variables) {
    this.variables = variables;
    this.config = config;
    this.machine = machine;
    this.scripts = scripts;
    this.devices = new Devices(machine, config.partitionStyle());
    this.wildcards = config.has("regexp");
  }

  Variables variables() {
    return variables;
  }

  Devices devices() {
    return devices;
  }

  Menu menu() {
    return menu;
  }

  /** Positional parameters; null outside functions and menu entries. */
  List<String> parameters() {
    return parameters;
  }

  boolean wildcards() {
    return wildcards;
  }

  int printedErrors() {
    return printedErrors;
  }

  long steps() {
    return steps;
  }

  String output() {
    return output.toString();
  }

  String where() {
    return file.isEmpty() ? "" : file + ":" + line;
  }

  static boolean isSpecial(String name) {
    if (name.isEmpty()) {
      return false;
    }
    char first = name.charAt(0);
    return Lexer.isDigit(first) || (name.length() == 1 && (first == '#' || first == '*' || first == '@'));
  }

  // ---- errors and output

  /** Makes an error pending and returns its number. A later error replaces it unprinted. */
  int error(GrubError error, String message) {
    return error(error.number, message);
  }

  int error(int number, String message) {
    pendingNumber = number;
    pendingMessage = message;
    return number;
  }

  int pendingError() {
    return pendingNumber;
  }

  void clearError() {
    pendingNumber = 0;
  }

  void printError() {
    if (pendingNumber != 0) {
      print("error: " + pendingMessage + ".\n");
      printedErrors++;
      pendingNumber = 0;
    }
  }

  void print(String text) {
    output.append(text);
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      lineSoFar.append(text, from, end);
      machine.said(where(), lineSoFar.toString());
      lineSoFar.setLength(0);
      from = end + 1;
    }
    lineSoFar.append(text, from, text.length());
  }

  /** A line for the trace that GRUB itself does not print. */
  void note(String what) {
    machine.said(where(), what);
  }

  void charge(long count) {
    steps += count;
    if (steps > config.maxSteps()) {
      throw new BootEnded(new BootOutcome.Endless("the script of " + where() + " does not end", steps));
    }
  }

  void finding(GrubFinding.Kind kind, String what, String remedy) {
    GrubFinding finding = new GrubFinding(kind, where(), what, remedy);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  // ---- files

  /** The volume that a path is on; null with a pending error if there is none. */
  BootVolume volumeOf(FilePath path) {
    if (path == null) {
      error(GrubError.BAD_FILENAME, "missing `)' symbol");
      return null;
    }
    String device = path.device() == null ? variables.get("root") : path.device();
    if (device == null) {
      error(GrubError.FILE_NOT_FOUND, "variable `root' isn't set");
      return null;
    }
    BootVolume volume = devices.find(device);
    if (volume == null) {
      noDevice(device);
      return null;
    }
    if (volume.type().equals("none")) {
      error(GrubError.UNKNOWN_FS, "unknown filesystem");
      return null;
    }
    return volume;
  }

  private void noDevice(String device) {
    String disk = device.indexOf(',') < 0 ? device : device.substring(0, device.indexOf(','));
    if (!disk.equals(device) && hasDisk(disk)) {
      error(GrubError.UNKNOWN_DEVICE, "no such partition");
    } else {
      error(GrubError.UNKNOWN_DEVICE, "disk `" + device + "' not found");
    }
  }

  private boolean hasDisk(String disk) {
    for (BootVolume volume : devices.volumes()) {
      if (disk.equals("hd" + volume.disk())) {
        return true;
      }
    }
    return false;
  }

  /** The content of a file; null with a pending error if it cannot be opened. */
  Content open(String name) {
    FilePath path = FilePath.parse(name);
    BootVolume volume = volumeOf(path);
    if (volume == null) {
      return null;
    }
    FilePath.Blocks blocks = path.blocks();
    if (blocks != null) {
      return Content.of(volume.readRaw(blocks.offset(), blocks.length()));
    }
    if (!path.path().startsWith("/")) {
      error(GrubError.BAD_FILENAME, "invalid file name `" + path.path() + "'");
      return null;
    }
    return switch (volume.lookup(path.path())) {
      case BootVolume.Lookup.File found -> found.content();
      case BootVolume.Lookup.Directory _ -> missing(GrubError.BAD_FILE_TYPE, "not a regular file");
      case BootVolume.Lookup.Missing _ -> notFound(volume, path.path());
      case BootVolume.Lookup.Unreadable why -> missing(GrubError.FILE_READ_ERROR, why.why());
    };
  }

  /** Makes the error pending that a missing file or folder gives. */
  Content notFound(BootVolume volume, String path) {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (volume.lookup(path.substring(0, slash)) instanceof BootVolume.Lookup.File) {
        return missing(GrubError.BAD_FILE_TYPE, "not a directory");
      }
    }
    return missing(GrubError.FILE_NOT_FOUND, "file `" + path + "' not found");
  }

  private Content missing(GrubError number, String message) {
    error(number, message);
    return null;
  }

  // ---- contexts

  void loadRegexp() {
    wildcards = true;
  }

  void openContext(boolean all) {
    variables = variables.inner(all);
    menu = new Menu(menu);
  }

  void closeContext() {
    variables = variables.outer();
    menu = menu.outer();
  }

  // ---- scripts

  /** Reads a configuration file into the current menu; false if it cannot be opened (the error stays pending). */
  boolean runFile(String name) {
    Content content = open(name);
    if (content == null) {
      return false;
    }
    if (++depth > DEEPEST_CALL) {
      throw new BootEnded(new BootOutcome.Hang("scripts include each other without end: GRUB's stack runs over"));
    }
    String full = name.startsWith("(") ? name : "(" + variables.get("root") + ")" + name;
    String oldFile = variables.get("config_file");
    String oldDirectory = variables.get("config_directory");
    variables.set("config_file", full);
    variables.set("config_directory", full.substring(0, full.lastIndexOf('/')));
    variables.export("config_file");
    variables.export("config_directory");
    run(scripts.script(full, content));
    restore("config_file", oldFile);
    restore("config_directory", oldDirectory);
    depth--;
    return true;
  }

  void restore(String name, String value) {
    if (value == null) {
      variables.unset(name);
    } else {
      variables.set(name, value);
    }
  }

  /** Runs a file's units; a wrong one is reported and left out. */
  void run(GrubScript script) {
    String oldFile = file;
    int oldLine = line;
    for (int i = 0; i < script.units.size(); i++) {
      printError();
      file = script.file;
      runUnit(script.units.get(i));
    }
    printError();
    file = oldFile;
    line = oldLine;
  }

  private int runUnit(ScriptUnit unit) {
    line = unit.line();
    for (int i = 0; i < unit.functions().size(); i++) {
      define(unit.functions().get(i));
    }
    if (unit.fault() != null) {
      return fault(unit.fault());
    }
    return unit.commands() == null ? 0 : execute(unit.commands());
  }

  private int fault(ScriptUnit.Fault fault) {
    line = fault.line();
    for (String message : fault.messages()) {
      error(GrubError.INVALID_COMMAND, message);
      printError();
    }
    finding(
        GrubFinding.Kind.SYNTAX_ERROR,
        fault.why() + "; the statement is dropped and reading goes on at the next line",
        "write it in the grammar of GRUB's script language");
    return 0;
  }

  private void define(ScriptUnit.Function function) {
    FunctionCell cell = functions.computeIfAbsent(function.name(), _ -> new FunctionCell());
    if (cell.executing > 0) {
      error(GrubError.BAD_ARGUMENT, "attempt to redefine a function being executed");
      return;
    }
    cell.body = function.body();
    cell.file = file;
  }

  /** Runs source text in the scope of the caller (a menu entry's body); ends at a syntax error. */
  int runBody(GrubScript body, List<String> arguments) {
    List<String> oldParameters = parameters;
    String oldFile = file;
    parameters = arguments;
    int status = 0;
    for (int i = 0; i < body.units.size(); i++) {
      ScriptUnit unit = body.units.get(i);
      file = body.file;
      if (unit.fault() != null) {
        runUnit(unit);
        break;
      }
      status = runUnit(unit);
    }
    parameters = oldParameters;
    file = oldFile;
    return status;
  }

  int execute(Statement statement) {
    if (statement == null) {
      return 0;
    }
    int status =
        switch (statement) {
          case Statement.Simple simple -> simple(simple);
          case Statement.If conditional -> conditional(conditional);
          case Statement.For loop -> forLoop(loop);
          case Statement.Loop loop -> whileLoop(loop);
          case Statement.Sequence sequence -> sequence(sequence);
        };
    variables.set("?", status == 0 ? "0" : Integer.toString(status));
    return status;
  }

  private int sequence(Statement.Sequence sequence) {
    int status = 0;
    List<Statement> statements = sequence.statements();
    for (int i = 0; i < statements.size() && activeBreaks == 0; i++) {
      status = execute(statements.get(i));
      if (functionReturn) {
        break;
      }
    }
    return status;
  }

  private int conditional(Statement.If conditional) {
    int status = execute(conditional.condition());
    if (functionReturn) {
      return status;
    }
    clearError();
    boolean yes = "0".equals(variables.get("?"));
    return execute(yes ? conditional.then() : conditional.otherwise());
  }

  private int forLoop(Statement.For loop) {
    line = loop.line();
    List<String> words = Expansion.expand(this, loop.words());
    activeLoops++;
    int status = 0;
    for (int i = 0; i < words.size(); i++) {
      if (breakIsContinue && activeBreaks == 1) {
        activeBreaks = 0;
      }
      if (activeBreaks == 0) {
        charge(1);
        assign(loop.name(), words.get(i));
        status = execute(loop.body());
        if (functionReturn) {
          break;
        }
      }
    }
    leaveLoop();
    return status;
  }

  private int whileLoop(Statement.Loop loop) {
    activeLoops++;
    int status;
    while (true) {
      charge(1);
      status = execute(loop.condition());
      if (functionReturn || (loop.negated() ? status == 0 : status != 0)) {
        break;
      }
      status = execute(loop.body());
      if (functionReturn) {
        break;
      }
      if (activeBreaks == 1 && breakIsContinue) {
        activeBreaks = 0;
      }
      if (activeBreaks > 0) {
        break;
      }
    }
    leaveLoop();
    return status;
  }

  private void leaveLoop() {
    if (activeBreaks > 0) {
      activeBreaks--;
    }
    activeLoops--;
  }

  private void assign(String name, String value) {
    if (isSpecial(name)) {
      error(GrubError.BAD_ARGUMENT, "invalid variable name `" + name + "'");
    } else {
      variables.set(name, value);
    }
  }

  private int simple(Statement.Simple simple) {
    line = simple.line();
    charge(1);
    List<String> words = Expansion.expand(this, simple.words());
    if (words.isEmpty()) {
      return pendingNumber;
    }
    int first = 0;
    boolean invert = words.getFirst().equals("!");
    if (invert) {
      if (words.size() < 2) {
        return error(GrubError.BAD_ARGUMENT, "no command is specified");
      }
      first = 1;
    }
    String name = words.get(first);
    GrubCommand command = config.missingCommands().contains(name) ? null : CommandTable.find(config, name);
    FunctionCell function = command == null ? functions.get(name) : null;
    if (command == null && function == null) {
      return unknown(name);
    }
    List<String> arguments = words.subList(first + 1, words.size());
    int status =
        command != null ? command.run(this, arguments, simple.block()) : call(function, arguments);
    return finish(invert ? inverted(status) : status);
  }

  private int finish(int status) {
    if (pendingNumber == GrubError.TEST_FAILURE.number) {
      pendingNumber = 0;
    }
    printError();
    return status;
  }

  private int inverted(int status) {
    if (status == GrubError.TEST_FAILURE.number) {
      clearError();
      return 0;
    }
    if (status == 0) {
      return error(GrubError.TEST_FAILURE, "false");
    }
    printError();
    return 0;
  }

  /** Neither command nor function: an assignment, or an error that leaves the status at success. */
  private int unknown(String name) {
    int equals = name.indexOf('=');
    if (equals >= 0) {
      assign(name.substring(0, equals), name.substring(equals + 1));
    } else {
      String shown = name.length() > 20 ? name.substring(0, 20) : name;
      error(GrubError.UNKNOWN_COMMAND, "can't find command `" + shown + "'");
      finding(
          GrubFinding.Kind.UNKNOWN_COMMAND,
          "this GRUB has no command '" + name + "'; it prints an error and goes on with status 0",
          "use a command of the build, or build GRUB with its module");
    }
    printError();
    return 0;
  }

  private int call(FunctionCell function, List<String> arguments) {
    if (++depth > DEEPEST_CALL) {
      throw new BootEnded(new BootOutcome.Hang("functions call each other without end: GRUB's stack runs over"));
    }
    int loops = activeLoops;
    List<String> oldParameters = parameters;
    String oldFile = file;
    activeLoops = 0;
    parameters = arguments;
    file = function.file;
    function.executing++;
    int status = execute(function.body);
    function.executing--;
    functionReturn = false;
    activeLoops = loops;
    parameters = oldParameters;
    file = oldFile;
    depth--;
    return status;
  }

  // ---- what the flow commands change

  void breakLoops(int count, boolean isContinue) {
    breakIsContinue = isContinue;
    activeBreaks = Math.min(count, activeLoops);
  }

  void returnFromFunction() {
    functionReturn = true;
  }

  void setParameters(List<String> values) {
    parameters = values;
  }

  GrubRun result(BootOutcome outcome) {
    if (!lineSoFar.isEmpty()) {
      note(lineSoFar.toString());
    }
    String status = variables.get("?");
    return new GrubRun(outcome, output(), status == null ? "" : status, variables.sorted(), findings, steps);
  }
}
