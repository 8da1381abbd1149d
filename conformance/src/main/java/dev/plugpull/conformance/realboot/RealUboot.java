package dev.plugpull.conformance.realboot;

import dev.plugpull.conformance.machine.RunFolder;
import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.HushRules;
import dev.plugpull.sim.bootloader.uboot.ScriptImage;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Copy;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's U-Boot for a PC under QEMU. Its built-in commands are exchanged for one that runs a script of ours from the
 * gap behind the partition table: that one brings the board's environment and runs its {@code bootcmd}.
 */
final class RealUboot implements RealLoader {
  static final Path FIRMWARE = Path.of("/usr/lib/u-boot/qemu-x86/u-boot.rom");
  /** The kind of disk that this build can read. */
  static final String DEVICE = "nvme";

  private static final int DEVICES = 2;
  private static final int SECTOR = 512;
  private static final int SCRIPT_SECTOR = 0x22;
  private static final int ENVIRONMENT_SECTOR = 0x200;
  private static final int SAVED_SECTOR = 0x400;
  private static final int ENVIRONMENT_BYTES = 0x8000;
  private static final String PROMPT = "@@prompt";
  private static final String SERIAL = "console=ttyS0,115200 ";
  private static final String NO_TREE = "Could not find a valid device tree";
  private static final Pattern UNKNOWN = Pattern.compile("Unknown command '([^']*)'");
  private static final String BOOTM_REFUSAL = "Wrong Image Format for bootm command";
  private static final List<String> OTHER_REFUSALS = List.of("Bad Linux ARM64 Image magic!", "zimage: Bad magic!");
  private static final List<String> ERRORS = List.of("Failed to load", "** ", "Unknown command", "syntax error",
      BOOTM_REFUSAL, "## Error", "Can't set block device");

  private final UbootBoard board;
  private final RunFolder run;
  private final UbootStandIn standIn;
  private final Path firmware;

  RealUboot(UbootBoard board, RunFolder run) throws IOException {
    this.board = board;
    this.run = run;
    this.standIn = new UbootStandIn(board.header(), board.environmentSize());
    this.firmware = Files.write(run.fresh("firmware"), firmware());
  }

  /** Why this board's U-Boot cannot be stood for by Debian's; empty if it can. */
  static String difference(UbootBoard board) {
    UbootBoard usual = UbootBoard.standard();
    return !board.shell().equals(HushRules.OLD) ? "Debian's build has the old hush parser only"
        : !board.commands().equals(usual.commands()) ? "Debian's build has commands that the board has not"
        : board.bootCounter() != UbootBoard.BootCounter.NONE ? "Debian's build counts no boots"
        : board.disks().isEmpty() ? "" : "the board has several disks";
  }

  /** Debian's build with another command in place of the one that looks for something to boot, and without a pause. */
  private static byte[] firmware() throws IOException {
    byte[] image = Files.readAllBytes(FIRMWARE);
    String sector = Integer.toHexString(SCRIPT_SECTOR);
    replace(image, "distro_bootcmd",
        DEVICE + " scan; " + DEVICE + " read 4c000000 " + sector + " 40; source 4c000000");
    replace(image, "bootdelay", "0");
    return image;
  }

  private static void replace(byte[] image, String name, String value) throws IOException {
    String all = new String(image, StandardCharsets.ISO_8859_1);
    int at = all.indexOf("\0" + name + "=") + 1;
    byte[] entry = (name + "=" + value).getBytes(StandardCharsets.US_ASCII);
    int end = at < 1 ? 0 : all.indexOf('\0', at);
    if (entry.length > end - at) {
      throw new IOException("cannot use " + FIRMWARE + ": no room for '" + name + "' in its environment");
    }
    Arrays.fill(image, at, end, (byte) ' ');
    System.arraycopy(entry, 0, image, at, entry.length);
  }

  @Override
  public String title() {
    return "U-Boot of Debian (qemu-x86)";
  }

  @Override
  public StandIn standIn() {
    return standIn;
  }

  @Override
  public List<String> shims() {
    List<String> shims = new ArrayList<>(List.of(
        "a PC's build in place of the board's: mmc and virtio are " + DEVICE + ", booti and bootz are bootm, kernels"
            + " are FIT images",
        "the board's default environment is brought by a script of ours, which then runs bootcmd",
        "mmc 0 and mmc 1 are the same disk, as the model has it",
        "a PC's bootm puts '" + SERIAL.strip() + "' before arguments that name no console",
        "this build's environments have 40000 bytes (hex) and env export always names that size; the board's size is"
            + " set behind each export",
        "scripts are wrapped anew, with the exchanged words in them"));
    if (board.header() == Header.FLAG) {
      shims.add("environments are written without their flag byte, which this build does not know, and compared by"
          + " their variables, those with flag 0 with a comment in its place; one with a wrong checksum stays as it"
          + " is");
    }
    if (!(board.store() instanceof EnvironmentStore.Nowhere)) {
      shims.add("the stored environment is read by us, by U-Boot's rule, and saveenv writes to sectors of ours: which"
          + " copy is written is not compared, what is in it is");
    }
    return shims;
  }

  @Override
  public void prepare(Path disk) throws IOException {
    Files.copy(firmware, disk.resolveSibling("u-boot.rom"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public RealBoot boot(DiskWriter.Written disk, List<VolumeView> volumes) throws IOException {
    Map<String, String> environment = new TreeMap<>(stored(volumes).map(UbootEnvironment::variables)
        .orElse(board.environment()));
    environment.replaceAll((name, value) -> standIn.substituted(value));
    write(disk.disk(), SCRIPT_SECTOR, ScriptImage.legacy(script()));
    write(disk.disk(), ENVIRONMENT_SECTOR,
        new UbootEnvironment(new TreeMap<>(environment), Header.PLAIN, 0, ENVIRONMENT_BYTES).image());
    Emulator.Ended ended = new Emulator(run, Emulator.Pace.CLOCK).run(machine(disk.disk(), firmware), PROMPT);
    Matcher unknown = UNKNOWN.matcher(ended.console());
    if (unknown.find() && board.commands().contains(unknown.group(1))) {
      throw new IOException("Debian's build has no command '" + unknown.group(1) + "'");
    }
    if (ended.console().contains(NO_TREE)) {
      throw new IOException("the script hands over a device tree that the model's kernel does not have: it has the one"
          + " that a script names as dtbs/NAME.dtb");
    }
    RealBoot.Started started = null;
    if (ended.end() == RealBoot.End.STARTED) {
      String[] texts = new String(ended.port(), StandardCharsets.ISO_8859_1).split("\0", -1);
      started = new RealBoot.Started(texts[0], texts[1], texts[2]);
    }
    return new RealBoot(ended.end(), started, errors(ended.console().lines().toList()),
        new DiskReader(run.path()).changed(disk, volumes), saved(disk.disk(), volumes), ended.console());
  }

  private static String script() {
    String size = Integer.toHexString(ENVIRONMENT_BYTES);
    String sectors = Integer.toHexString(ENVIRONMENT_BYTES / SECTOR);
    return String.join("\n",
        DEVICE + " read 4d000000 " + Integer.toHexString(ENVIRONMENT_SECTOR) + " " + sectors,
        "env import -d -c 4d000000 " + size,
        "setenv " + UbootStandIn.SAVE + " 'env export -c -s " + size + " 4e000000; " + DEVICE + " write 4e000000 "
            + Integer.toHexString(SAVED_SECTOR) + " " + sectors + "'",
        "run bootcmd", "echo " + PROMPT, "");
  }

  private static List<String> machine(Path disk, Path firmware) {
    List<String> command = new ArrayList<>(List.of("qemu-system-x86_64", "-machine", "pc", "-m", "3072", "-bios",
        firmware.toString(), "-debugcon", "file:@PORT@", "-device",
        "isa-debug-exit,iobase=" + BiosProgram.EXIT_PORT + ",iosize=4"));
    // Namespaces of one controller: with a second controller this build's driver corrupts memory.
    command.addAll(List.of("-device", "nvme,id=nvme,serial=0"));
    for (int i = 0; i < DEVICES; i++) {
      command.addAll(List.of("-drive", "file=" + disk + ",file.locking=off,format=raw,cache=unsafe,if=none,id=d" + i,
          "-device", "nvme-ns,bus=nvme,drive=d" + i + ",nsid=" + (i + 1)));
    }
    return command;
  }

  @Override
  public String arguments(String interpreted) {
    return interpreted.contains("console=") ? interpreted : SERIAL + interpreted;
  }

  @Override
  public String command() {
    return String.join(" ", machine(Path.of("DISK"), Path.of("u-boot.rom"))).replace("@PORT@", "/dev/stderr")
        + " -nodefaults -display none -vga none -no-reboot -serial stdio";
  }

  private static void write(Path disk, int sector, byte[] bytes) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(disk.toFile(), "rw")) {
      out.seek((long) sector * SECTOR);
      out.write(bytes);
    }
  }

  /** What {@code saveenv} left, if it ran. */
  private Optional<UbootEnvironment> savedEnvironment(Path disk) throws IOException {
    byte[] image = new byte[ENVIRONMENT_BYTES];
    try (RandomAccessFile in = new RandomAccessFile(disk.toFile(), "r")) {
      in.seek((long) SAVED_SECTOR * SECTOR);
      in.readFully(image);
    }
    return UbootEnvironment.read(image, Header.PLAIN);
  }

  private Content saved(Path disk, List<VolumeView> before) throws IOException {
    Content after = savedEnvironment(disk).map(this::text).orElse(null);
    return after == null || after.equals(stored(before).map(this::text).orElse(null)) ? null : after;
  }

  @Override
  public Content saved(ModelBoot model) {
    Content before = stored(model.before()).map(this::text).orElse(null);
    Content after = stored(model.after()).map(this::text).orElse(null);
    return after == null || after.equals(before) ? null : after;
  }

  @Override
  public boolean isStore(VolumeView volume, String path) {
    return switch (board.store()) {
      case EnvironmentStore.Nowhere nowhere -> false;
      case EnvironmentStore.Files files -> is(volume, files.partition(), files.label())
          && (path.equals(files.path()) || path.equals(files.redundantPath()));
      case EnvironmentStore.Raw raw -> is(volume, raw.partition(), raw.label());
    };
  }

  @Override
  public Content canonical(Content content) {
    return content.bytes().flatMap(bytes -> UbootEnvironment.read(bytes, Header.PLAIN)).map(this::text)
        .orElse(content);
  }

  /** The variables, one a line, without our own, in the words of Debian's build. */
  private Content text(UbootEnvironment environment) {
    StringBuilder text = new StringBuilder();
    environment.variables().forEach((name, value) -> {
      if (!name.equals(UbootStandIn.SAVE)) {
        text.append(name).append('=').append(standIn.substituted(value)).append('\n');
      }
    });
    return Content.text(text.toString());
  }

  /** The environment that the board's build finds on its disk. */
  private Optional<UbootEnvironment> stored(List<VolumeView> volumes) {
    return switch (board.store()) {
      case EnvironmentStore.Nowhere nowhere -> Optional.empty();
      case EnvironmentStore.Files files -> volume(volumes, files.partition(), files.label()).flatMap(volume ->
          chosen(file(volume, files.path()), file(volume, files.redundantPath())));
      case EnvironmentStore.Raw raw -> volume(volumes, raw.partition(), raw.label()).flatMap(volume ->
          chosen(sectors(volume, raw.offset()), sectors(volume, raw.redundantOffset())));
    };
  }

  private Optional<UbootEnvironment> chosen(byte[] first, byte[] second) {
    if (!board.store().redundant()) {
      return UbootEnvironment.read(first, board.header());
    }
    Copy chosen = UbootEnvironment.choose(first, second);
    return chosen == Copy.NONE ? Optional.empty()
        : UbootEnvironment.read(chosen == Copy.FIRST ? first : second, Header.FLAG);
  }

  /** The beginning of a file; nothing if it is shorter than an environment. */
  private byte[] file(VolumeView volume, String path) {
    byte[] bytes = Optional.ofNullable(volume.files().get(path)).flatMap(Content::bytes).orElse(new byte[0]);
    return bytes.length < board.environmentSize() ? new byte[0] : Arrays.copyOf(bytes, board.environmentSize());
  }

  private byte[] sectors(VolumeView volume, long offset) {
    byte[] all = volume.raw().bytes().orElseThrow();
    return offset < 0 ? new byte[0]
        : Arrays.copyOfRange(all, Math.toIntExact(offset), Math.toIntExact(offset) + board.environmentSize());
  }

  private static Optional<VolumeView> volume(List<VolumeView> volumes, int partition, String name) {
    return volumes.stream().filter(volume -> is(volume, partition, name)).findFirst();
  }

  /** True for the partition of this number, or of this name if the number is 0. */
  private static boolean is(VolumeView volume, int partition, String name) {
    return partition > 0 ? volume.partition() == partition
        : volume.label().equals(name) || volume.name().equals(name);
  }

  /** Only what both print in the same words, where booti and bootz are bootm. */
  @Override
  public List<String> errors(List<String> said) {
    return said.stream().map(String::strip).map(line -> OTHER_REFUSALS.contains(line) ? BOOTM_REFUSAL : line)
        .filter(line -> ERRORS.stream().anyMatch(line::startsWith)).toList();
  }
}
