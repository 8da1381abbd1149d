package dev.plugpull.sim.store.vcdiff;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of deltas; run with {@code -Dtest=VcdiffFuzzTest} and the nightly group. */
@Tag("nightly")
class VcdiffFuzzTest {

  @Test
  void fuzz() throws IOException, InterruptedException {
    byte[] source = VcdiffFuzzHarness.SOURCE;
    byte[] changed = source.clone();
    changed[150] ^= 1;
    byte[] delta = VcdiffWriter.delta(source, changed);
    byte[] behindTheHead = Arrays.copyOfRange(delta, VcdiffReader.MAGIC.length + 1, delta.length);
    CoverageFuzzer.run(VcdiffFuzzHarness.class, "dev.plugpull.sim.store.vcdiff.**",
        List.of(delta, behindTheHead, VcdiffWriter.delta(new byte[0], source), VcdiffTest.pair(300)[1]),
        List.of("\\xd6\\xc3\\xc4\\x00", "\\xd6\\xc3\\xc4\\x00\\x01\\x02", "\\xfd7zXZ\\x00", "\\x82\\x2c\\x00"));
  }
}
