package dev.plugpull.sim.store.payload;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import dev.plugpull.sim.store.trust.Digests;
import dev.plugpull.sim.store.trust.RsaKey;
import dev.plugpull.sim.store.trust.SeededRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of update payloads; run with {@code -Dtest=PayloadFuzzTest} and the nightly group. */
@Tag("nightly")
class PayloadFuzzTest {

  @Test
  void fuzz() throws IOException, InterruptedException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(PayloadWriter.full(new TreeMap<>(Map.of("kernel", new byte[Manifest.BLOCK])), 100,
        RsaKey.generate(1024, new SeededRandom(1))));
    byte[] data = new byte[100];
    for (Operation.Type type : List.of(Operation.Type.REPLACE, Operation.Type.ZERO, Operation.Type.REPLACE_XZ)) {
      Operation operation = new Operation(type, 0, type == Operation.Type.ZERO ? 0 : data.length,
          List.of(new Operation.Extent(0, 1)), Digests.sha256(data));
      byte[] manifest = new Manifest(0, data.length, 10, 100, List.of(new Manifest.Partition("root", true,
          Manifest.BLOCK, new byte[32], List.of(operation)))).encode();
      seeds.add(ByteBuffer.allocate(PayloadFuzzHarness.LENGTH + manifest.length + data.length)
          .putShort((short) manifest.length).put(manifest).put(data).array());
    }
    CoverageFuzzer.run(PayloadFuzzHarness.class, "dev.plugpull.sim.store.payload.**", seeds,
        List.of("CrAU", "\\xfd7zXZ\\x00", "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x01", "\\x08\\x08"));
  }
}
