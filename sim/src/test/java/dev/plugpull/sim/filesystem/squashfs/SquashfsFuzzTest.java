package dev.plugpull.sim.filesystem.squashfs;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coverage-guided fuzzing of the squashfs reader; run with {@code -Dtest=SquashfsFuzzTest} and the nightly group. */
@Tag("nightly")
class SquashfsFuzzTest {

  @Test
  void fuzz(@TempDir Path temp) throws IOException, InterruptedException {
    Path tree = Files.createDirectories(temp.resolve("tree/meta"));
    Files.writeString(tree.resolve("gadget.yaml"), "volumes:\n  pc:\n".repeat(400));
    Files.writeString(tree.resolve("snap.yaml"), "name: pc\n");
    Files.write(tree.resolve("zeros"), new byte[10_000]);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("../meta/snap.yaml"));
    List<byte[]> seeds = new ArrayList<>();
    for (String compression : List.of("gzip", "xz", "lzo", "lz4", "zstd")) {
      String[] options = {"-comp", compression, "-nopad", "-b", "4096"};
      seeds.add(Files.readAllBytes(MakeSquashfs.pack(temp.resolve("tree"), temp.resolve(compression), options)));
    }
    String[] plain = {"-noI", "-noD", "-noF", "-nopad", "-b", "4096"};
    seeds.add(Files.readAllBytes(MakeSquashfs.pack(temp.resolve("tree"), temp.resolve("plain"), plain)));
    CoverageFuzzer.run(SquashfsFuzzHarness.class, "dev.plugpull.sim.filesystem.squashfs.**", seeds, List.of("hsqs"));
  }
}
