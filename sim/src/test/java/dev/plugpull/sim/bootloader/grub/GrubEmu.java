package dev.plugpull.sim.bootloader.grub;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Debian's {@code grub-emu}: GRUB itself as a program of this machine, on a disk image of ours.
 *
 * <p>It needs a terminal, which {@code script} from bsdutils gives it, and wraps lines at 79 columns.
 */
final class GrubEmu {

  private static final Pattern CONTROL = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\r");

  private final Path folder;
  private final Path image;
  private final Map<String, Long> blocks = new LinkedHashMap<>();

  /** What a run left behind; {@code finished} is false if it had to be stopped. */
  record Run(String output, Map<String, byte[]> blocks, boolean finished) {}

  private GrubEmu(Path folder) {
    this.folder = folder;
    this.image = folder.resolve("disk.img");
  }

  /** Makes the image from files; every environment block among them is restored before each run. */
  static GrubEmu create(Path folder, Map<String, Content> files) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/grub-emu")),
        "skipped: grub-emu is not installed; install Debian's grub-emu and grub-common");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")) && Files.isExecutable(Path.of("/usr/sbin/mke2fs")),
        "skipped: script (bsdutils) or mke2fs (e2fsprogs) is not installed");
    GrubEmu emu = new GrubEmu(folder);
    Path root = folder.resolve("root");
    for (Map.Entry<String, Content> file : files.entrySet()) {
      Path target = root.resolve(file.getKey().substring(1));
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue().bytes().orElseThrow());
    }
    Process mke2fs =
        new ProcessBuilder("/usr/sbin/mke2fs", "-q", "-t", "ext2", "-L", "BOOT", "-d", root.toString(),
                emu.image.toString(), "1M")
            .redirectErrorStream(true)
            .start();
    String said = new String(mke2fs.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (mke2fs.waitFor() != 0) {
      throw new IOException("cannot make the test image: " + said);
    }
    Files.writeString(folder.resolve("device.map"), "(hd0) " + emu.image + "\n");
    emu.findBlocks(files);
    return emu;
  }

  private void findBlocks(Map<String, Content> files) throws IOException {
    byte[] disk = Files.readAllBytes(image);
    for (Map.Entry<String, Content> file : files.entrySet()) {
      byte[] bytes = file.getValue().bytes().orElseThrow();
      if (bytes.length != GrubEnvironment.SIZE) {
        continue;
      }
      for (int at = 0; at + bytes.length <= disk.length; at += 512) {
        if (Arrays.equals(disk, at, at + bytes.length, bytes, 0, bytes.length)) {
          blocks.put(file.getKey(), (long) at);
        }
      }
    }
  }

  /** Runs a script. {@code contents} are the environment blocks at the start. */
  Run run(String script, Map<String, Content> contents) throws IOException, InterruptedException {
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "rw")) {
      for (Map.Entry<String, Long> block : blocks.entrySet()) {
        disk.seek(block.getValue());
        disk.write(contents.get(block.getKey()).bytes().orElseThrow());
      }
    }
    Files.write(folder.resolve("grub.cfg"), (script + "\nexit\n").getBytes(StandardCharsets.ISO_8859_1));
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/script", "-qec", "/usr/bin/grub-emu -m device.map -d " + folder + " -r host", "/dev/null");
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("TERM", "dumb");
    Process process = builder.start();
    Path raw = folder.resolve("out");
    Thread copy =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Files.write(raw, process.getInputStream().readAllBytes());
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    boolean finished = process.waitFor(10, TimeUnit.SECONDS);
    if (!finished) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    copy.join(5000);
    String text = Files.exists(raw) ? Files.readString(raw, StandardCharsets.ISO_8859_1) : "";
    return new Run(clean(text), readBlocks(), finished);
  }

  private Map<String, byte[]> readBlocks() throws IOException {
    Map<String, byte[]> result = new LinkedHashMap<>();
    try (RandomAccessFile disk = new RandomAccessFile(image.toFile(), "r")) {
      for (Map.Entry<String, Long> block : blocks.entrySet()) {
        byte[] bytes = new byte[GrubEnvironment.SIZE];
        disk.seek(block.getValue());
        disk.readFully(bytes);
        result.put(block.getKey(), bytes);
      }
    }
    return result;
  }

  private static String clean(String raw) {
    String text = CONTROL.matcher(raw).replaceAll("");
    String welcome = "Welcome to GRUB!\n\n";
    int start = text.indexOf(welcome);
    return start < 0 ? text : text.substring(start + welcome.length());
  }

  /**
   * The lines to compare. The terminal breaks long lines, between words where it can, and shows tabs as blanks: a text
   * with a line that comes near its edge is compared without any white space, so that only the terminal's part is left
   * out.
   */
  static List<String> lines(String text, String ours) {
    boolean wraps = ours.lines().anyMatch(line -> line.length() > 70);
    String shown = text.stripTrailing();
    if (wraps) {
      return List.of(shown.replaceAll("\\s+", ""));
    }
    return shown.lines().map(GrubEmu::withoutTabs).toList();
  }

  private static String withoutTabs(String line) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      shown.append(c == '\t' ? " ".repeat(8 - shown.length() % 8) : String.valueOf(c));
    }
    return shown.toString();
  }
}
