package dev.plugpull.sim.ubuntucore.gadget;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of gadget.yaml; run with {@code -Dtest=GadgetYamlFuzzTest} and the nightly group. */
@Tag("nightly")
class GadgetYamlFuzzTest {

  private static final List<String> WORDS =
      List.of("volumes:", "structure:", "schema:", "gpt", "mbr", "emmc", "role:", "system-seed", "system-data",
          "system-boot-state", "offset:", "offset-write:", "mbr+92", "size:", "min-size:", "partial:", "content:",
          "image:", "source:", "target:", "update:", "edition:", "preserve:", "filesystem:", "vfat", "bare", "&a", "*a",
          "<<:", "kernel-cmdline:", "append:", "volume-assignments:", "connections:", "defaults:",
          "9223372036854775807");

  @Test
  void fuzz() throws IOException, InterruptedException {
    List<byte[]> seeds =
        Stream.of(Gadgets.GRUB, Gadgets.UBOOT_18, "volumes: {a1: {schema: emmc, structure: [{name: boot0}]}}",
                "kernel-cmdline: {append: ['a=\"b c\"'], allow: [x=*]}\nconnections: [{plug: 'a:b'}]\n",
                "volume-assignments: [{assignment-name: a, assignment: {pc: {device: /dev/disk/by-id/x}}}]\n")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    CoverageFuzzer.run(GadgetYamlFuzzHarness.class, "dev.plugpull.sim.ubuntucore.gadget.**:org.snakeyaml.**", seeds,
        WORDS);
  }
}
