package dev.plugpull.sim.bootloader.grub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plugpull.sim.media.Content;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sample of the generated scripts in real GRUB (i386-pc) on a machine under QEMU, whose serial line is compared.
 *
 * <p>{@code -Dplugpull.vm.grub=N} sets how many (12).
 */
@Tag("vm")
class GrubQemuTest {

  private static final int FIRST_SECTOR = 1024;
  private static final String MODULES =
      "biosdisk part_msdos ext2 normal test echo loadenv regexp serial terminal terminfo search search_label"
          + " search_fs_file search_fs_uuid configfile eval sleep cat true iorw loopback probe boot";
  private static final String EARLY =
      "serial --unit=0 --speed=115200\nterminfo serial dumb\nterminal_input serial\nterminal_output serial\n"
          + "set root=hd0,msdos1\nset prefix=(hd0,msdos1)/nowhere\nnormal (hd0,msdos1)/grub/test.cfg\n";

  @TempDir private Path folder;

  @Test
  void generatedScriptsDoTheSame() throws IOException, InterruptedException {
    for (String tool : List.of("/usr/bin/qemu-system-x86_64", "/usr/bin/grub-mkimage", "/usr/sbin/mke2fs",
        "/usr/sbin/sfdisk", "/usr/lib/grub/i386-pc/boot.img")) {
      assumeTrue(Files.exists(Path.of(tool)),
          "skipped: " + tool + " is absent; install qemu-system-x86, grub-common, grub-pc-bin, e2fsprogs, fdisk");
    }
    Files.writeString(folder.resolve("early.cfg"), EARLY);
    List<String> command = new ArrayList<>(List.of("/usr/bin/grub-mkimage", "-O", "i386-pc", "-o", "core.img", "-c",
        "early.cfg", "-p", "(hd0,msdos1)/nowhere"));
    command.addAll(List.of(MODULES.split(" ")));
    tool(command, "");
    int count = Integer.getInteger("plugpull.vm.grub", 12);
    List<String> differences = new ArrayList<>();
    JqwikSession.run(
        () -> {
          RandomGenerator<Snippet> generator = GrubScriptArbitraries.scripts().generator(1000);
          Random random = new Random(Long.getLong("plugpull.vm.seed", 7));
          for (int i = 0; i < count; i++) {
            difference(generator.next(random).value().text().replace("(hd0)", "(hd0,msdos1)"))
                .ifPresent(differences::add);
          }
        });
    assertThat(differences).as(String.join("\n----\n", differences)).isEmpty();
  }

  private Optional<String> difference(String body) {
    String script = GrubEmuDifferentialTest.prologue() + body + "\n" + GrubEmuDifferentialTest.epilogue();
    try {
      Map<String, Content> files = GrubEmuDifferentialTest.diskFiles();
      String seen = serial(script, files);
      MemoryVolume volume = new MemoryVolume(0, 1, "BOOT");
      files.forEach(volume::with);
      volume.with("/grub/test.cfg", Content.of((script + "\nexit\n").getBytes(StandardCharsets.ISO_8859_1)));
      GrubConfig config = GrubConfig.stock("(hd0,msdos1)/nowhere").withPartitionStyle("msdos");
      GrubRun model = new Grub(config).boot(new MemoryMachine(volume), "(hd0,msdos1)/grub/test.cfg");
      List<String> real = GrubEmu.lines(seen, model.output());
      List<String> ours = GrubEmu.lines(model.output(), model.output());
      return real.equals(ours)
          ? Optional.empty()
          : Optional.of(body + "\n--- GRUB\n" + String.join("\n", real) + "\n--- model\n" + String.join("\n", ours));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String serial(String script, Map<String, Content> files) throws IOException, InterruptedException {
    Path root = folder.resolve("root");
    for (Map.Entry<String, Content> file : files.entrySet()) {
      Path target = root.resolve(file.getKey().substring(1));
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue().bytes().orElseThrow());
    }
    String ending = "\nouter=1\necho @@end\noutl 0xf4 0\n";
    Files.write(root.resolve("grub/test.cfg"), (script + ending).getBytes(StandardCharsets.ISO_8859_1));
    Path disk = folder.resolve("disk.img");
    try (RandomAccessFile image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.setLength(0);
      image.setLength(6L << 20);
    }
    tool(List.of("/usr/sbin/sfdisk", "-q", "disk.img"), "start=" + FIRST_SECTOR + ",type=83\n");
    tool(List.of("/usr/sbin/mke2fs", "-q", "-F", "-t", "ext2", "-L", "BOOT", "-d", "root", "-E",
        "offset=" + FIRST_SECTOR * 512, "disk.img", "5M"), "");
    try (RandomAccessFile image = new RandomAccessFile(disk.toFile(), "rw")) {
      image.write(Files.readAllBytes(Path.of("/usr/lib/grub/i386-pc/boot.img")), 0, 440);
      image.seek(512);
      image.write(Files.readAllBytes(folder.resolve("core.img")));
    }
    Process qemu =
        new ProcessBuilder("/usr/bin/qemu-system-x86_64", "-accel", "tcg", "-m", "64", "-nodefaults", "-nic", "none",
                "-display", "none", "-vga", "none", "-serial", "stdio", "-no-reboot", "-machine", "pc", "-device",
                "isa-debug-exit,iobase=0xf4,iosize=4", "-drive", "file=disk.img,format=raw")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(folder.resolve("serial").toFile())
            .start();
    if (!qemu.waitFor(30, TimeUnit.SECONDS)) {
      qemu.destroyForcibly().waitFor();
    }
    String text = Files.readString(folder.resolve("serial"), StandardCharsets.ISO_8859_1);
    text = text.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]|\r", "");
    int end = text.indexOf("@@end");
    int start = Math.max(0, text.indexOf("Welcome to GRUB!\n\n") + 18);
    return end < 0 ? text + "\n(did not reach the end)" : text.substring(start > 17 ? start : 0, end);
  }

  private void tool(List<String> command, String input) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("cannot run " + command.getFirst() + ": " + said);
    }
  }
}
