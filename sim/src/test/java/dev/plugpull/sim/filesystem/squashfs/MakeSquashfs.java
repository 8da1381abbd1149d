package dev.plugpull.sim.filesystem.squashfs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian's {@code mksquashfs} as the other side of the reader; tests are skipped aloud where it is absent. */
public final class MakeSquashfs {

  private MakeSquashfs() {}

  /** Packs a folder; {@code options} as on its command line. */
  public static Path pack(Path folder, Path image, String... options) throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mksquashfs")),
        "skipped: mksquashfs is not installed; install Debian's squashfs-tools");
    List<String> command = new ArrayList<>(List.of("/usr/bin/mksquashfs", folder.toString(), image.toString()));
    command.addAll(List.of("-noappend", "-no-progress", "-quiet", "-all-root", "-processors", "1"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("mksquashfs failed: " + said);
    }
    return image;
  }
}
