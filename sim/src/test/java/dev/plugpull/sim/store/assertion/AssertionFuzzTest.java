package dev.plugpull.sim.store.assertion;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import dev.plugpull.sim.store.snap.Snap;
import dev.plugpull.sim.store.snap.SnapRevision;
import dev.plugpull.sim.store.snap.SnapStore;
import dev.plugpull.sim.store.snap.StoreKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of assertions; run with {@code -Dtest=AssertionFuzzTest} and the nightly group. */
@Tag("nightly")
class AssertionFuzzTest {
  private static final List<String> WORDS = List.of("type: ", "authority-id: ", "body-length: ", "sign-key-sha3-384: ",
      "revision: ", "format: ", "since: ", "until: ", "timestamp: ", "constraints:", "account-key", "validation-set",
      "system-user", "snap-declaration", "\\x0a\\x0a", "\\x0a  - ", "\\x0a    ");

  @Test
  void fuzz() throws IOException, InterruptedException {
    SnapStore store = new SnapStore(new StoreKeys(20)).account("acme", "Acme")
        .snap(Snap.of("appappappappappappappappappapp01", "app", "acme", "app"))
        .upload("appappappappappappappappappapp01", SnapRevision.of(1, new byte[20]));
    List<Assertion> made = store.streamFor("appappappappappappappappappapp01", 1);
    List<byte[]> seeds = new ArrayList<>();
    made.forEach(assertion -> seeds.add(assertion.encoded()));
    seeds.add(new AssertionStream(made, false).encode());
    String end = "sign-key-sha3-384: " + Samples.DIGEST + "\n\nc2ln\n";
    seeds.add(("type: a\nh:\n  - x\n  -\n    k: v\n    l:\n        many\n        lines\n" + end)
        .getBytes(StandardCharsets.UTF_8));
    Samples.TEXTS.values().forEach(text -> seeds.add((text + end).getBytes(StandardCharsets.UTF_8)));
    CoverageFuzzer.run(AssertionFuzzHarness.class, "dev.plugpull.sim.store.assertion.**", seeds, WORDS);
  }
}
