package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.HostCommand;
import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Debian's GRUB for a PC's BIOS. Its core image lies behind the partition table; a script inside it stands for what an
 * EFI build has and this one has not, and then sources the gadget's {@code grub.cfg}.
 */
final class RealGrub implements RealLoader {
  static final Path MODULES = Path.of("/usr/lib/grub/i386-pc");
  private static final int CORE_SECTOR = 34;
  private static final int SECTOR = 512;
  private static final int BOOT_CODE = 440;

  private static final List<String> BUILT_IN = List.of("biosdisk", "part_gpt", "part_msdos", "ext2", "fat", "squash4",
      "xzio", "gzio", "normal", "test", "echo", "loadenv", "regexp", "serial", "terminal", "terminfo", "search",
      "search_label", "search_fs_file", "search_fs_uuid", "configfile", "eval", "sleep", "cat", "ls", "true",
      "loopback", "probe", "boot", "linux", "multiboot", "reboot", "halt", "memdisk", "tar", "minicmd", "date", "help");

  /** The console of a build without graphics says so when a kernel starts. */
  private static final List<String> OWN_ERRORS = List.of("error: Can't get controller info..",
      "error: no suitable video mode found.");

  private static final String NO_SERVER = "error: no server is specified.";
  private static final String NO_DISK = "error: disk not found.";
  private static final String NOT_LOADED = "error: cannot load image.";

  private final List<Grub> stages;
  private final RunFolder run;
  private final Emulator emulator;
  private final StandIn program = new BiosProgram();
  private final Map<String, Path> cores = new TreeMap<>();

  RealGrub(List<Grub> stages, RunFolder run) {
    this.stages = stages;
    this.run = run;
    this.emulator = new Emulator(run, Emulator.Pace.INSTRUCTIONS);
  }

  @Override
  public String title() {
    return "GRUB of Debian (i386-pc)";
  }

  @Override
  public StandIn standIn() {
    return program;
  }

  @Override
  public List<String> shims() {
    return List.of(
        "firmware: a PC's BIOS in place of UEFI; grub_platform and grub_cpu say efi and x86_64 nevertheless",
        "chainloader, an EFI command, is a function that hands file and arguments to multiboot; whatever multiboot says"
            + " of a file that it cannot load counts as 'cannot load image'",
        "multiboot brings GRUB's network with it: 'no server is specified' counts as 'disk not found'",
        "linuxefi and initrdefi are linux and initrd",
        "a GRUB that another GRUB starts runs after a new power-on of the same disk",
        "time runs faster than on a clock, so that pauses are short");
  }

  @Override
  public void prepare(Path disk) throws IOException {
    embed(core(stages.getFirst().config()), disk);
  }

  @Override
  public RealBoot boot(DiskWriter.Written disk, List<VolumeView> volumes) throws IOException {
    StringBuilder console = new StringBuilder();
    List<String> errors = new ArrayList<>();
    Emulator.Ended ended = null;
    RealBoot.Started started = null;
    for (Grub stage : stages) {
      if (started != null && started.kernel().contains(".snap:")) {
        break;
      }
      embed(core(stage.config()), disk.disk());
      ended = emulator.run(machine(disk.disk()));
      console.append(ended.console());
      errors.addAll(errorLines(ended.console()));
      started = ended.end() == RealBoot.End.STARTED ? started(ended.port()) : null;
      if (started == null) {
        break;
      }
    }
    return new RealBoot(ended.end(), started, errors, new DiskReader(run.path()).changed(disk, volumes),
        null, console.toString());
  }

  /** The texts of {@link BiosProgram}, with the quotes taken away that Multiboot puts around one long argument. */
  private static RealBoot.Started started(byte[] port) throws IOException {
    String[] texts = new String(port, StandardCharsets.ISO_8859_1).split("\0", -1);
    if (texts.length < 3) {
      throw new IOException("cannot understand the program in place of the kernel: it said '" + texts[0] + "'");
    }
    String arguments = texts[1];
    boolean quoted = arguments.length() > 1 && arguments.startsWith("\"") && arguments.endsWith("\"");
    return new RealBoot.Started(texts[0], quoted
        ? arguments.substring(1, arguments.length() - 1).replaceAll("\\\\(.)", "$1") : arguments, texts[2]);
  }

  private static List<String> errorLines(String console) {
    List<String> errors = new ArrayList<>();
    for (String line : console.lines().map(String::strip).toList()) {
      if (line.startsWith("error:") && !OWN_ERRORS.contains(line)) {
        errors.add(line.contains("multiboot") ? NOT_LOADED : line.equals(NO_SERVER) ? NO_DISK : line);
      }
    }
    return errors;
  }

  @Override
  public List<String> errors(List<String> said) {
    return said.stream().filter(line -> line.startsWith("error:"))
        .map(line -> line.replaceFirst("^error: disk `.*' not found\\.$", NO_DISK)).toList();
  }

  @Override
  public String command() {
    return String.join(" ", machine(Path.of("DISK"))).replaceAll(" -debugcon \\S+", " -debugcon file:/dev/stderr")
        + " -nodefaults -display none -vga none -no-reboot -serial stdio";
  }

  private static List<String> machine(Path disk) {
    return List.of("qemu-system-x86_64", "-machine", "pc,graphics=off", "-m", "64", "-debugcon", "file:@PORT@",
        "-device", "isa-debug-exit,iobase=" + BiosProgram.EXIT_PORT + ",iosize=4", "-drive", "file=" + disk
            + ",format=raw,cache=unsafe");
  }

  private Path core(GrubConfig config) throws IOException {
    Path known = cores.get(config.prefix());
    if (known != null) {
      return known;
    }
    Path folder = Files.createDirectory(run.fresh("core"));
    Files.writeString(folder.resolve("first.cfg"), first(config));
    Files.writeString(folder.resolve("shims.cfg"), shimScript(config));
    tool(folder, "tar", "-cf", "shims.tar", "shims.cfg");
    List<String> command = new ArrayList<>(List.of("grub-mkimage", "-d", MODULES.toString(), "-O", "i386-pc", "-o",
        "core.img", "-c", "first.cfg", "-m", "shims.tar", "-p", config.prefix()));
    command.addAll(BUILT_IN);
    tool(folder, command.toArray(String[]::new));
    Path core = folder.resolve("core.img");
    cores.put(config.prefix(), core);
    return core;
  }

  /** What the rescue parser runs. */
  private static String first(GrubConfig config) {
    return String.join("\n", "serial --unit=0 --speed=115200", "terminfo -g 200x24 serial dumb",
        "terminal_input serial", "terminal_output serial", "set root=" + device(config),
        "set prefix=" + config.prefix(), "normal (memdisk)/shims.cfg", "");
  }

  /** In normal mode, in front of the gadget's script. */
  private static String shimScript(GrubConfig config) {
    StringBuilder script = new StringBuilder("set grub_platform=efi\nset grub_cpu=x86_64\n");
    script.append("set cmdpath=(").append(device(config)).append(")/EFI/boot\n");
    config.variables().forEach((name, value) -> script.append("set ").append(name).append("='").append(value)
        .append("'\n"));
    return script.append("""
        function chainloader {
          plugpull_file="$1"
          shift
          multiboot "$plugpull_file" "$*"
        }
        function linuxefi {
          linux "$@"
        }
        function initrdefi {
          initrd "$@"
        }
        source $prefix/grub.cfg
        """).toString();
  }

  private static String device(GrubConfig config) {
    return config.prefix().substring(1, config.prefix().indexOf(')'));
  }

  private void tool(Path folder, String... command) throws IOException {
    HostCommand.run("build GRUB", folder, Map.of(), List.of(command));
  }

  /** Writes boot code and core image; the places where each finds the next sector are in them. */
  private static void embed(Path core, Path disk) throws IOException {
    byte[] boot = Files.readAllBytes(MODULES.resolve("boot.img"));
    byte[] image = Files.readAllBytes(core);
    ByteBuffer.wrap(boot).order(ByteOrder.LITTLE_ENDIAN).putLong(0x5c, CORE_SECTOR);
    ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putLong(0x1f4, CORE_SECTOR + 1);
    try (RandomAccessFile out = new RandomAccessFile(disk.toFile(), "rw")) {
      out.write(boot, 0, BOOT_CODE);
      out.seek((long) CORE_SECTOR * SECTOR);
      out.write(image);
    }
  }
}
