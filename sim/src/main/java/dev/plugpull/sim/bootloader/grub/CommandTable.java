package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every command by name. What a build lacks is taken away by {@link GrubConfig}. */
final class CommandTable {

  static final Options.Declared ECHO =
      new Options.Declared(
          List.of(Options.Option.flag("-n", 'n'), Options.Option.flag("-e", 'e')), true, true);
  static final Options.Declared SLEEP =
      new Options.Declared(Options.Option.flag("verbose", 'v'), Options.Option.flag("interruptible", 'i'));
  static final Options.Declared REGEXP = new Options.Declared(Options.Option.value("set", 's'));
  static final Options.Declared LOAD_ENV =
      new Options.Declared(Options.Option.value("file", 'f'), Options.Option.flag("skip-sig", 's'));
  static final Options.Declared SAVE_ENV = LOAD_ENV;
  static final Options.Declared CHAINLOADER =
      new Options.Declared(
          List.of(Options.Option.flag("force", 'f'), Options.Option.flag("bpb", 'b')), true, true);
  static final Options.Declared LOOPBACK =
      new Options.Declared(Options.Option.flag("delete", 'd'), Options.Option.flag("decompress", 'D'));
  static final Options.Declared PROBE =
      new Options.Declared(
          Options.Option.value("set", 's'),
          Options.Option.flag("driver", 'd'),
          Options.Option.flag("partmap", 'p'),
          Options.Option.flag("fs", 'f'),
          Options.Option.flag("fs-uuid", 'u'),
          Options.Option.flag("label", 'l'),
          Options.Option.flag("part-uuid", '\0'));
  static final Options.Declared SEARCH =
      new Options.Declared(
          Options.Option.flag("file", 'f'),
          Options.Option.flag("label", 'l'),
          Options.Option.flag("fs-uuid", 'u'),
          Options.Option.optionalValue("set", 's'),
          Options.Option.flag("no-floppy", 'n'),
          Options.Option.flag("efidisk-only", '\0'),
          Options.Option.flag("root-dev-only", 'r'),
          Options.Option.value("hint", 'h'),
          Options.Option.value("hint-ieee1275", '\0'),
          Options.Option.value("hint-bios", '\0'),
          Options.Option.value("hint-baremetal", '\0'),
          Options.Option.value("hint-efi", '\0'),
          Options.Option.value("hint-arc", '\0'));
  static final Options.Declared MENUENTRY =
      new Options.Declared(
          List.of(
              Options.Option.value("class", '\u0001'),
              Options.Option.optionalValue("users", '\u0002'),
              Options.Option.value("hotkey", '\u0003'),
              Options.Option.value("source", '\u0004'),
              Options.Option.value("id", '\0'),
              Options.Option.flag("unrestricted", '\0')),
          false,
          true);

  /** Commands of every build of the last ten years. */
  static final Map<String, GrubCommand> STANDARD = standard();

  /** Commands of some builds only. */
  static final Map<String, GrubCommand> EXTRA = extra();

  private CommandTable() {}

  /** The command, null if this build has none of that name. */
  static GrubCommand find(GrubConfig config, String name) {
    GrubCommand command = STANDARD.get(name);
    if (command == null && config.extraCommands().contains(name)) {
      command = EXTRA.getOrDefault(name, CommandTable::nothing);
    }
    return command;
  }

  private static int nothing(Interpreter in, List<String> arguments, BlockSource block) {
    return 0;
  }

  private static Map<String, GrubCommand> standard() {
    Map<String, GrubCommand> table = new java.util.HashMap<>();
    flow(table);
    variables(table);
    boot(table);
    for (String name :
        List.of(
            "insmod", "rmmod", "terminal_input", "terminal_output", "terminfo", "serial", "play", "clear",
            "background_image", "background_color", "videoinfo", "keymap", "password", "password_pbkdf2",
            "authenticate", "date", "acpi", "smbios", "cutmem", "badram", "parttool", "drivemap", "lsmod",
            "lspci", "lsefi", "gptsync", "hdparm", "normal_exit", "all_functional_test", "cryptomount",
            "trust", "verify_detached", "distrust", "list_trusted", "outb", "outw", "outl", "rdmsr", "wrmsr",
            "nativedisk", "usb", "hashsum", "md5sum", "sha1sum", "sha256sum", "sha512sum", "crc", "cmp",
            "hexdump", "help", "time", "legacy_source", "pcidump", "setpci", "read_byte", "write_byte")) {
      table.put(name, CommandTable::nothing);
    }
    return table;
  }

  private static void flow(Map<String, GrubCommand> table) {
    table.put("true", (_, _, _) -> 0);
    table.put("false", (in, _, _) -> in.error(GrubError.TEST_FAILURE, "false"));
    table.put("test", (in, arguments, _) -> TestExpression.run(in, arguments));
    table.put("[", (in, arguments, _) -> TestExpression.run(in, arguments));
    table.put("break", (in, arguments, _) -> FlowCommands.breakLoops(in, arguments, false));
    table.put("continue", (in, arguments, _) -> FlowCommands.breakLoops(in, arguments, true));
    table.put("return", (in, arguments, _) -> FlowCommands.returnValue(in, arguments));
    table.put("shift", (in, arguments, _) -> FlowCommands.shift(in, arguments));
    table.put("setparams", (in, arguments, _) -> FlowCommands.setParameters(in, arguments));
    table.put("eval", (in, arguments, _) -> FlowCommands.eval(in, arguments));
    table.put("source", (in, arguments, _) -> FlowCommands.source(in, arguments));
    table.put(".", (in, arguments, _) -> FlowCommands.source(in, arguments));
    table.put("configfile", (in, arguments, _) -> FlowCommands.configFile(in, arguments));
    table.put("normal", (in, arguments, _) -> FlowCommands.normal(in, arguments));
    table.put("sleep", (in, arguments, _) -> FlowCommands.sleep(in, arguments));
    table.put("menuentry", (in, arguments, block) -> MenuCommands.add(in, arguments, block, false));
    table.put("submenu", (in, arguments, block) -> MenuCommands.add(in, arguments, block, true));
  }

  private static void variables(Map<String, GrubCommand> table) {
    table.put("set", (in, arguments, _) -> VariableCommands.set(in, arguments));
    table.put("unset", (in, arguments, _) -> VariableCommands.unset(in, arguments));
    table.put("export", (in, arguments, _) -> VariableCommands.export(in, arguments));
    table.put("regexp", (in, arguments, _) -> VariableCommands.regexp(in, arguments));
    table.put("load_env", (in, arguments, _) -> EnvironmentCommands.load(in, arguments));
    table.put("list_env", (in, arguments, _) -> EnvironmentCommands.list(in, arguments));
    table.put("save_env", (in, arguments, _) -> EnvironmentCommands.save(in, arguments));
    table.put("echo", (in, arguments, _) -> OutputCommands.echo(in, arguments));
    table.put("cat", (in, arguments, _) -> OutputCommands.cat(in, arguments));
    table.put("ls", (in, arguments, _) -> OutputCommands.ls(in, arguments));
    table.put("loadfont", (in, arguments, _) -> OutputCommands.loadFont(in, arguments));
    table.put("probe", (in, arguments, _) -> OutputCommands.probe(in, arguments));
    table.put("search", (in, arguments, _) -> SearchCommand.run(in, arguments));
    table.put("search.file", (in, arguments, _) -> SearchCommand.plain(in, SearchCommand.By.FILE, arguments));
    table.put("search.fs_label", (in, arguments, _) -> SearchCommand.plain(in, SearchCommand.By.LABEL, arguments));
    table.put("search.fs_uuid", (in, arguments, _) -> SearchCommand.plain(in, SearchCommand.By.UUID, arguments));
  }

  private static void boot(Map<String, GrubCommand> table) {
    for (String name : List.of("linux", "linux16", "linuxefi")) {
      table.put(name, (in, arguments, _) -> BootCommands.linux(in, arguments));
    }
    for (String name : List.of("initrd", "initrd16", "initrdefi")) {
      table.put(name, (in, arguments, _) -> BootCommands.initrd(in, arguments));
    }
    table.put("devicetree", (in, arguments, _) -> BootCommands.deviceTree(in, arguments));
    table.put("chainloader", (in, arguments, _) -> BootCommands.chainLoader(in, arguments));
    table.put("loopback", (in, arguments, _) -> BootCommands.loopback(in, arguments));
    table.put("boot", (in, _, _) -> BootCommands.boot(in));
    table.put("halt", (_, _, _) -> BootCommands.leave(new BootOutcome.PowerOff("the script halts")));
    table.put("reboot", (_, _, _) -> BootCommands.leave(new BootOutcome.Reset(true, "the script reboots")));
    table.put("exit", (_, _, _) -> BootCommands.leave(new BootOutcome.Prompt("GRUB exits to the firmware")));
    table.put("fwsetup", (_, _, _) -> BootCommands.leave(new BootOutcome.Prompt("firmware setup")));
  }

  private static Map<String, GrubCommand> extra() {
    Map<String, GrubCommand> table = new TreeMap<>();
    table.put("increment", (in, arguments, _) -> VariableCommands.increment(in, arguments, 1));
    table.put("decrement", (in, arguments, _) -> VariableCommands.increment(in, arguments, -1));
    table.put("blscfg", (in, arguments, _) -> BlsEntries.blscfg(in, arguments));
    table.put("bls_import", (in, arguments, _) -> BlsEntries.blscfg(in, arguments));
    return table;
  }
}
