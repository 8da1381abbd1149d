package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.UbootFinding.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a boot script without running it, and says what its author should look at, each with {@code file:line} and a
 * remedy: syntax errors, commands the build does not have, variables that nothing sets, files that nothing provides,
 * and a boot status that is changed but never saved.
 *
 * <p>It knows only what it can read: a name or a path with a variable in it is not judged.
 */
public final class UbootLint {

  /** Variables that snapd keeps in its environments ({@code ubuntu-core.md} 4.1 and 4.2). */
  public static final Set<String> SNAPD_VARIABLES = Set.of(
      "kernel_status", "snap_kernel", "snap_try_kernel", "snapd_recovery_mode", "snapd_recovery_system",
      "snapd_recovery_kernel", "snapd_good_recovery_systems", "try_recovery_system", "recovery_system_status",
      "snapd_boot_flags", "snapd_extra_cmdline_args", "snapd_full_cmdline_args", "snap_mode", "snap_core",
      "snap_try_core");

  /** Variables that U-Boot sets by itself. */
  private static final Set<String> BUILT_IN = Set.of(
      "filesize", "fileaddr", "bootargs", "bootcount", "loadaddr", "fdtcontroladdr", "devtype", "devnum", "devplist",
      "distro_bootpart", "distro_bootpart_uuid", "bootfstype", "prefix", "script", "target", "ethaddr", "serial#",
      "board_name", "board_rev", "soc", "vendor", "cpu", "board", "arch", "fdtfile", "partition", "bootpart", "mmcdev");

  private static final Set<String> STATUS = Set.of("kernel_status", "snap_mode");

  private static final Set<String> KEPT_BY_SNAPD = Set.of("/uboot/ubuntu/boot.sel", "/uboot.env");

  private final UbootBoard board;
  private final CommandTable commands;
  private final Set<String> provided;
  private final String name;
  private final Map<String, UbootFinding> findings = new LinkedHashMap<>();
  private final Set<String> set = new TreeSet<>();
  private final Map<String, Integer> used = new LinkedHashMap<>();
  private boolean saves;
  private String flippedName = "";
  private int flippedLine;

  private UbootLint(UbootBoard board, String name, Collection<String> provided) {
    this.board = board;
    this.commands = UbootCommands.of(board);
    this.name = name;
    this.provided = provided == null ? null : new TreeSet<>(provided);
  }

  /**
   * Looks at a script.
   *
   * @param name of the script, for {@code file:line}
   * @param script its text
   * @param provided paths that exist on the partitions; null to leave files out
   */
  public static List<UbootFinding> check(UbootBoard board, String name, String script, Collection<String> provided) {
    return new UbootLint(board, name, provided).check(script);
  }

  /** Devices such as {@code mmc 1} that a script names literally, in order: a hint for the board file. */
  public static List<String> devices(String script) {
    Set<String> devices = new TreeSet<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (LintedCommand command : LintedCommand.of(HushRules.OLD, script)) {
      List<String> words = command.words().stream().map(word -> resolve(word, values)).toList();
      if (words.size() > 2 && words.getFirst().equals("setenv")) {
        values.put(words.get(1), words.get(2));
      }
      for (int i = 0; i + 1 < words.size(); i++) {
        String device = words.get(i + 1).replaceFirst("[:#].*", "");
        if (i == 1 && Devices.STORAGE.contains(words.get(i)) && device.matches("[0-9a-fA-F]{1,2}")) {
          devices.add(words.get(i) + " " + device);
        }
      }
    }
    return List.copyOf(devices);
  }

  private static String resolve(String word, Map<String, String> values) {
    String result = word;
    for (Map.Entry<String, String> value : values.entrySet()) {
      result = result.replace("${" + value.getKey() + "}", value.getValue());
    }
    return result;
  }

  private List<UbootFinding> check(String script) {
    List<LintedCommand> all = new ArrayList<>(LintedCommand.of(board.shell(), script));
    all.forEach(this::look);
    judgeVariables();
    if (!flippedName.isEmpty() && !saves) {
      find(Kind.NOT_SAVED, flippedLine, flippedName + " is changed in memory but never saved",
          "export the variables and write them back with save, fatwrite, ext4write or saveenv before the kernel"
              + " starts");
    }
    return findings.values().stream()
        .sorted(java.util.Comparator.comparingInt(finding -> lineOf(finding.where()))).toList();
  }

  private static int lineOf(String where) {
    return Integer.parseInt(where.substring(where.lastIndexOf(':') + 1));
  }

  private void find(Kind kind, int line, String what, String remedy) {
    findings.putIfAbsent(kind + what, new UbootFinding(kind, name + ":" + line, what, remedy));
  }

  private void look(LintedCommand command) {
    if (command.error() != null) {
      find(Kind.SYNTAX, command.line(), "syntax error: " + command.error(),
          "correct the line; what follows it does not run");
      return;
    }
    set.addAll(command.assigned());
    command.used().forEach(variable -> used.putIfAbsent(variable, command.line()));
    if (command.words().isEmpty()) {
      return;
    }
    String first = command.words().getFirst();
    if (!first.contains("${") && commands.find(first) == null) {
      find(Kind.UNKNOWN_COMMAND, command.line(), "this build has no command \"" + first + "\"",
          "enable the command in the U-Boot build, name it in the board file if the build has it, or do without");
    }
    effects(first, command.words(), command.line());
  }

  private void effects(String first, List<String> words, int line) {
    String second = words.size() > 1 ? words.get(1) : "";
    switch (first) {
      case "setenv", "askenv", "setexpr", "setexpr.b", "setexpr.w", "setexpr.l", "setexpr.s" -> {
        set.add(second);
        if (STATUS.contains(second) && first.equals("setenv") && words.size() > 2) {
          flippedName = flippedName.isEmpty() ? second : flippedName;
          flippedLine = flippedLine == 0 ? line : flippedLine;
        }
      }
      case "env" -> environment(words);
      case "part", "fstype", "fsuuid" -> set.add(words.getLast());
      case "load", "fatload", "ext4load", "ext2load" -> file(words, 4, line);
      case "size", "fatsize", "ext4size", "ext2size" -> file(words, 3, line);
      case "save", "fatwrite", "ext4write", "saveenv" -> saves = true;
      default -> saves |= second.equals("write") && (first.contains("${") || Devices.STORAGE.contains(first));
    }
  }

  private void environment(List<String> words) {
    String second = words.size() > 1 ? words.get(1) : "";
    switch (second) {
      case "set" -> set.add(words.size() > 2 ? words.get(2) : "");
      case "save" -> saves = true;
      case "import" -> set.addAll(words.subList(2, words.size()));
      default -> {
        // reads only
      }
    }
  }

  private void file(List<String> words, int at, int line) {
    if (provided == null || words.size() <= at || words.get(at).contains("${")) {
      return;
    }
    String path = FileCommands.path(words.get(at));
    boolean known = KEPT_BY_SNAPD.contains(path)
        || provided.stream().map(FileCommands::path).anyMatch(path::equalsIgnoreCase);
    if (!known) {
      find(Kind.NEVER_PROVIDED, line, "nothing provides the file " + path,
          "add the file to the content of the partition in gadget.yaml, or correct the path");
    }
  }

  private void judgeVariables() {
    used.forEach((variable, line) -> {
      if (!set.contains(variable) && !board.environment().containsKey(variable)
          && !SNAPD_VARIABLES.contains(variable) && !BUILT_IN.contains(variable)) {
        find(Kind.NEVER_SET, line, "nothing sets the variable " + variable,
            "set it in the script, or in the default environment of the board file if the build has it");
      }
    });
  }
}
