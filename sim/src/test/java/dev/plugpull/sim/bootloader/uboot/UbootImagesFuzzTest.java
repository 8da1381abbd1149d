package dev.plugpull.sim.bootloader.uboot;

import dev.plugpull.sim.bootloader.uboot.UbootEnvironment.Header;
import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Coverage-guided fuzzing of environments and script images; run with {@code -Dtest=UbootImagesFuzzTest} and the
 * nightly group.
 */
@Tag("nightly")
class UbootImagesFuzzTest {

  @Test
  void fuzz() throws IOException, InterruptedException {
    TreeMap<String, String> variables = new TreeMap<>(Map.of("kernel_status", "try", "a", "\\b", "snap_kernel", "k"));
    List<byte[]> seeds = List.of(
        ScriptImage.legacy("setenv a b; reset\n"),
        new UbootEnvironment(variables, Header.FLAG, 1, 128).image(),
        new UbootEnvironment(variables, Header.PLAIN, 0, 128).image(),
        SnapdUbootEnvironment.create(128).with(variables).image());
    CoverageFuzzer.run(UbootImagesFuzzHarness.class, "dev.plugpull.sim.bootloader.uboot.**", seeds,
        List.of("\\xd0\\x0d\\xfe\\xed", "\\x27\\x05\\x19\\x56",
            "images", "default", "data", "script", "#", "=", "\\\\"));
  }
}
