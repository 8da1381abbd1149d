package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of U-Boot's shell; run with {@code -Dtest=HushFuzzTest} and the nightly group. */
@Tag("nightly")
class HushFuzzTest {
  private static final List<String> WORDS = List.of("if", "then", "elif", "else", "fi", "while", "until", "do", "done",
      "for", "in", "test -n ", "test -e mmc 0:1 ", "setenv a ", "run a", "env import -t ", "env export -c ",
      "load mmc 0:1 ", "save mmc 0:1 ", "source ", "setexpr a ", "itest ", "booti ", "bootm ", "saveenv", "reset",
      "${a}", "\\x27", "&&", "||", ";", "part list mmc 0 a", "fdt addr ", "sysboot mmc 0:1 any ", "${loadaddr}");

  @Test
  void fuzz() throws IOException, InterruptedException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : List.of("boot-sel-file.script", "boot-state-saveenv.script", "uboot-env.script")) {
      try (InputStream stream = Uboot.class.getResourceAsStream(name)) {
        seeds.add(stream.readAllBytes());
      }
    }
    seeds.add("while test a; do for x in 1 2; do run x; done; done\n".getBytes(StandardCharsets.UTF_8));
    CoverageFuzzer.run(HushFuzzHarness.class, "dev.plugpull.sim.bootloader.uboot.**", seeds, WORDS);
  }
}
