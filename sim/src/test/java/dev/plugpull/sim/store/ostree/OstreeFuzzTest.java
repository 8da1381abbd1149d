package dev.plugpull.sim.store.ostree;

import dev.plugpull.sim.fuzz.CoverageFuzzer;
import dev.plugpull.sim.store.trust.Ed25519Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Coverage-guided fuzzing of OSTree's objects; run with {@code -Dtest=OstreeFuzzTest} and the nightly group. */
@Tag("nightly")
class OstreeFuzzTest {

  @Test
  void fuzz() throws IOException, InterruptedException {
    OstreeSigner signer = OstreeSigner.of(Ed25519Key.of(new byte[32]));
    OstreeRepository repository = new OstreeRepository();
    String commit = repository.commit("main", OstreeEntry.Folder.empty().with("usr/hi", "hi"), List.of(), "one",
        Instant.EPOCH, signer);
    repository.summarise(List.of(), Instant.EPOCH, signer);
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(repository.file(OstreeObject.path(commit, "commit")).orElseThrow());
    seeds.add(repository.file("summary").orElseThrow());
    seeds.add(OstreeObject.filez(new OstreeEntry.File("content".getBytes(StandardCharsets.UTF_8), 0644)));
    seeds.add(OstreeObject.filez(new OstreeEntry.Link("elsewhere")));
    CoverageFuzzer.run(OstreeFuzzHarness.class, "dev.plugpull.sim.store.**", seeds,
        List.of("a{sv}", "ostree.ref-binding", "\\x00\\x00\\x81\\xa4", "\\x00\\x00\\xa1\\xff"));
  }
}
