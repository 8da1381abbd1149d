package dev.plugpull.sim.store.assertion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any bytes are read or refused with a reason; any headers survive their text form. */
class AssertionProperties {

  private static final String GOOD = Samples.TEXTS.get("model signed")
      + "  -\n    name: app\n    id: " + Samples.ID + "\n    modes:\n      - run\ntext:\n    a\n    b\n"
      + "body-length: 3\nsign-key-sha3-384: " + Samples.DIGEST + "\n\nabc\n\nAcLBUgQA\n\n";

  @Property(tries = 500, seed = "3238036768")
  void damagedTextIsReadBackExactlyOrRefused(
      @ForAll("places") int at, @ForAll byte with, @ForAll("places") int cut, @ForAll boolean insert) {
    byte[] bytes = (GOOD + GOOD).getBytes(StandardCharsets.UTF_8);
    bytes[at] = insert ? with : (byte) (bytes[at] ^ (1 << (with & 7)));
    readsExactlyOrRefuses(java.util.Arrays.copyOf(bytes, bytes.length - (insert ? cut % 40 : 0)));
  }

  @Property(tries = 200, seed = "986158677")
  void anyBytesAreReadBackExactlyOrRefused(@ForAll byte[] bytes) {
    readsExactlyOrRefuses(bytes);
  }

  @Property(tries = 200, seed = "1653104378")
  void headersSurviveTheirText(@ForAll("headerMaps") Map<String, HeaderValue> headers) throws Exception {
    assertThat(HeaderParser.parse(HeaderWriter.write(headers))).isEqualTo(headers);
  }

  private static void readsExactlyOrRefuses(byte[] bytes) {
    try {
      assertThat(AssertionStream.decode(bytes).encode()).isEqualTo(bytes);
    } catch (AssertionException e) {
      assertThat(e.getMessage()).startsWith("cannot ");
    }
    try {
      assertThat(Assertion.decode(bytes).encoded()).isEqualTo(bytes);
    } catch (AssertionException e) {
      assertThat(e.getMessage()).startsWith("cannot ");
    }
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 2 * GOOD.length() - 1);
  }

  @Provide
  Arbitrary<Map<String, HeaderValue>> headerMaps() {
    Arbitrary<String> names = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(6);
    Arbitrary<HeaderValue> texts = Arbitraries.strings().withChars('a', ':', '-', ' ', '\n', 'é')
        .ofMaxLength(12).map(HeaderValue.Text::new);
    Arbitrary<HeaderValue> values = Arbitraries.lazyOf(() -> texts, () -> texts,
        () -> values(texts).list().ofMinSize(1).ofMaxSize(3).map(HeaderValue.Items::new),
        () -> Arbitraries.maps(names, values(texts)).ofMinSize(1).ofMaxSize(3)
            .map(m -> new HeaderValue.Entries(new TreeMap<>(m))));
    return Arbitraries.maps(names, values).ofMinSize(1).ofMaxSize(5);
  }

  private static Arbitrary<HeaderValue> values(Arbitrary<HeaderValue> texts) {
    return Arbitraries.oneOf(List.of(texts, texts.list().ofMinSize(1).ofMaxSize(3).map(HeaderValue.Items::new)));
  }
}
