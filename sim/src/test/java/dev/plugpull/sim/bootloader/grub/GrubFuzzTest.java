package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of GRUB's scripts and blocks; run with {@code -Dtest=GrubFuzzTest} and the nightly group. */
@Tag("nightly")
class GrubFuzzTest {
  private static final List<String> WORDS = List.of("if", "then", "elif", "else", "fi", "while", "until", "do", "done",
      "for", "in", "function", "menuentry", "submenu", "[ -e ", "[ -n ", "set ", "load_env --file ", "save_env ",
      "search --label boot --set=root", "chainloader ", "linux ", "loopback l ", "regexp --set 1:a ", "$1", "${a}",
      "$(", "'", "(hd0,gpt1)", "/grub/*", "source ", "configfile ", "test ", "default=", "timeout=", "fallback=");

  @Test
  void fuzz() throws IOException, InterruptedException, GrubEnvironmentException {
    List<byte[]> seeds = new ArrayList<>();
    for (String name : List.of("uc18.cfg", "uc20-run.cfg", "uc20-seed.cfg")) {
      try (InputStream stream = Grub.class.getResourceAsStream(name)) {
        seeds.add(stream.readAllBytes());
      }
    }
    seeds.add("f() { echo $1; }; for x in 1 2; do f $x; done\n".getBytes(StandardCharsets.UTF_8));
    seeds.add(GrubEnvironment.snapdFile(Map.of("kernel_status", "try")).bytes().orElseThrow());
    CoverageFuzzer.run(GrubFuzzHarness.class, "dev.plugpull.sim.bootloader.grub.**", seeds, WORDS);
  }
}
