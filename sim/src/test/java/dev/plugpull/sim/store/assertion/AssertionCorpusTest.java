package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real assertions of four origins: every byte is kept, and every verdict of the independent table is met. */
class AssertionCorpusTest {

  private final Path corpus = SharedData.folder("corpus/assertions");

  @Test
  void everyFileRoundTripsByteByByte() throws Exception {
    int files = 0;
    for (var file : decoded().entrySet()) {
      assertThat(file.getValue().encode()).as(file.getKey())
          .isEqualTo(Files.readAllBytes(corpus.resolve(file.getKey())));
      files++;
      if (file.getValue().assertions().size() == 1 && !file.getValue().trailingBlankLine()) {
        Assertion single = Assertion.decode(Files.readAllBytes(corpus.resolve(file.getKey())));
        assertThat(single).as(file.getKey()).isEqualTo(file.getValue().assertions().getFirst());
      }
    }
    assertThat(files).isGreaterThan(80);
  }

  @Test
  void theCanonicalEncoderRewritesEveryContentExactly() throws Exception {
    for (var file : decoded().entrySet()) {
      for (Assertion assertion : file.getValue().assertions()) {
        if (spellsOutDefault(assertion)) {
          continue;
        }
        assertThat(new String(AssertionSigner.canonicalContent(assertion))).as(file.getKey())
            .isEqualTo(new String(assertion.content()));
      }
    }
  }

  /** The store once wrote optional key headers even with their default; the canonical form leaves them out. */
  private static boolean spellsOutDefault(Assertion assertion) {
    return assertion.type().orElseThrow().keyDefaults().entrySet().stream()
        .anyMatch(e -> assertion.text(e.getKey()).equals(Optional.of(e.getValue())));
  }

  @Test
  void everyRowOfTheTableHasItsVerdict() throws Exception {
    Map<String, AssertionStream> files = decoded();
    ChainVerifier verifier = new ChainVerifier(ring(files), Optional.empty());
    List<String> expected = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (String row : Files.readAllLines(corpus.resolve("expected.tsv")).stream().skip(1).toList()) {
      String[] cells = row.split("\t");
      String file = cells[0] + "/" + cells[1];
      Assertion assertion = files.get(file).assertions().get(Integer.parseInt(cells[2]));
      Verdict verdict = verifier.verify(assertion);
      expected.add(String.join(" ", file, cells[2], cells[3], cells[4], cells[5], cells[6].toLowerCase(Locale.ROOT),
          cells[7]));
      found.add(String.join(" ", file, cells[2], assertion.typeName(), assertion.authorityId(),
          assertion.signKeyId(), verdict.verifies().text(), verdict.anchoredAt()));
    }
    assertThat(expected).hasSizeGreaterThan(90);
    assertThat(found).containsExactlyElementsOf(expected);
    assertThat(files.values().stream().mapToInt(f -> f.assertions().size()).sum()).isEqualTo(expected.size());
  }

  @Test
  void withoutBareKeysTheirChainsEndNowhereAndNothingElseChanges() throws Exception {
    Map<String, AssertionStream> files = decoded();
    KeyRing ring = new KeyRing();
    files.values().forEach(file -> file.assertions().forEach(a -> ring.add(a, false)));
    ChainVerifier verifier = new ChainVerifier(ring, Optional.empty());
    Map<String, Integer> counts = new TreeMap<>();
    for (AssertionStream file : files.values()) {
      for (Assertion assertion : file.assertions()) {
        Verdict verdict = verifier.verify(assertion);
        counts.merge(verdict.verifies().text() + " " + verdict.anchoredAt(), 1, Integer::sum);
      }
    }
    assertThat(counts).containsKeys("yes production root", "yes staging root", "yes test root", "no-key -")
        .doesNotContainKey("no -");
  }

  private KeyRing ring(Map<String, AssertionStream> files) throws IOException, AssertionException {
    KeyRing ring = new KeyRing();
    files.values().forEach(file -> file.assertions().forEach(a -> ring.add(a, true)));
    try (Stream<Path> keys = Files.list(corpus.resolve("recovered-public-keys"))) {
      for (Path key : keys.filter(p -> p.toString().endsWith(".key")).sorted().toList()) {
        VerificationKey read = VerificationKey.decode(Files.readAllBytes(key));
        assertThat(key.getFileName()).hasToString(read.id() + ".key");
        ring.addBare(read);
      }
    }
    return ring;
  }

  private Map<String, AssertionStream> decoded() throws IOException, AssertionException {
    Map<String, AssertionStream> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(corpus, 2)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        String name = corpus.relativize(path).toString();
        if (name.contains("/") && !name.endsWith(".md") && !name.endsWith(".key")) {
          files.put(name, AssertionStream.decode(Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }
}
