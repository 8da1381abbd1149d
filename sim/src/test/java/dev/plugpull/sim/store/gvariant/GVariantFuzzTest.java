package dev.plugpull.sim.store.gvariant;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of GVariants; run with {@code -Dtest=GVariantFuzzTest} and the nightly group. */
@Tag("nightly")
class GVariantFuzzTest {

  @Test
  void fuzz() throws IOException, InterruptedException {
    GVariant dictionary = new GVariant.Items("{sv}", List.of(GVariant.entry("a", GVariant.text("b")),
        GVariant.entry("numbers", new GVariant.Items("u", List.of(GVariant.uint32(1), GVariant.uint32(2))))));
    GVariant commit = GVariant.tuple(dictionary, GVariant.bytes(new byte[0]), new GVariant.Items("(say)", List.of()),
        GVariant.text("one"), GVariant.text(""), GVariant.bigEndian64(7), GVariant.bytes(new byte[32]),
        GVariant.bytes(new byte[32]));
    List<byte[]> seeds = new ArrayList<>();
    for (GVariant value : List.of(new GVariant.Variant(dictionary), dictionary, commit)) {
      ByteArrayOutputStream seed = new ByteArrayOutputStream();
      seed.write(GVariantFuzzHarness.TYPES.indexOf(value.type()));
      seed.writeBytes(value.encode());
      seeds.add(seed.toByteArray());
    }
    CoverageFuzzer.run(GVariantFuzzHarness.class, "dev.plugpull.sim.store.gvariant.**", seeds,
        List.of("a{sv}", "(ayay)", "\\x00s", "\\x00u", "\\x00v", "\\x00ay"));
  }
}
