package dev.plugpull.sim.store.vboot;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of keyblocks and preambles; run with {@code -Dtest=KernelFuzzTest} and the nightly group. */
@Tag("nightly")
class KernelFuzzTest {

  @Test
  void fuzz() throws IOException, InterruptedException {
    PackedKey key = PackedKey.of(KernelFuzzHarness.KEY.publicKey(), 1);
    byte[] keyblock = KernelBlob.keyblock(key, 0x7, KernelFuzzHarness.KEY);
    byte[] whole = KernelBlob.kernel(keyblock, KernelFuzzHarness.KEY, 1, new byte[64]);
    byte[] head = java.util.Arrays.copyOf(whole, keyblock.length + KernelBlob.PREAMBLE + 256);
    CoverageFuzzer.run(KernelFuzzHarness.class, "dev.plugpull.sim.store.vboot.**", List.of(whole, head, key.file()),
        List.of("CHROMEOS", "\\x02\\x00\\x00\\x00", "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f"));
  }
}
