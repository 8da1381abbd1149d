package dev.plugpull.sim.store.gvariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.trust.TrustException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes here were written by GLib: {@code g_variant_new_parsed}, printed byte by byte. */
class GVariantTest {

  @Test
  void writesWhatGlibWrites() {
    // ('hi', uint32 7, [byte 1, 2], true)
    GVariant value = GVariant.tuple(GVariant.text("hi"), GVariant.uint32(7), GVariant.bytes(new byte[] {1, 2}),
        new GVariant.Bool(true));
    assertThat(HexFormat.of().formatHex(value.encode())).isEqualTo("68690000070000000102010a03");
    // {'a': <'b'>}
    GVariant dictionary = new GVariant.Items("{sv}", List.of(GVariant.entry("a", GVariant.text("b"))));
    assertThat(HexFormat.of().formatHex(dictionary.encode())).isEqualTo("610000000000000062000073020d");
    // an array of strings
    GVariant texts = new GVariant.Items("s", List.of(GVariant.text("x"), GVariant.text("yz")));
    assertThat(HexFormat.of().formatHex(texts.encode())).isEqualTo("7800797a000205");
  }

  @Test
  void readsItBack() throws Exception {
    GVariant value = new GVariant.Items("(s(taya{sv}))", List.of(GVariant.tuple(GVariant.text("main"),
        GVariant.tuple(GVariant.uint64(5), GVariant.bytes(new byte[300]),
            new GVariant.Items("{sv}", List.of(GVariant.entry("k", GVariant.bigEndian64(1))))))));
    assertThat(GVariantReader.read(value.type(), value.encode())).isEqualTo(value);
    assertThat(value.type()).isEqualTo("a(s(taya{sv}))");
  }

  @ParameterizedTest
  @CsvSource({
      "s, 6869, without its end",
      "s, ff00, not UTF-8",
      "b, 02, boolean",
      "u, 010203, needs 4 bytes",
      "as, 780079ff, table of offsets",
      "v, 01, without a type",
      "v, 0100ff, unknown type",
      "(su), 6869000107000000030, ",
      "as, 78000a02, "
  })
  void refusesWhatIsNotNormal(String type, String hex, String why) {
    byte[] bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
    assertThatThrownBy(() -> GVariantReader.read(type, bytes)).isInstanceOf(TrustException.class)
        .hasMessageContaining(why == null ? "cannot read GVariant" : why);
  }

  @Test
  void typesAreChecked() {
    assertThat(GVariantLayout.valid("(a{sv}aya(say)sstayay)")).isTrue();
    for (String wrong : List.of("", "(", "a", "{sv}", "a{vs}", "a{s}", "(s", "ss", "z")) {
      assertThat(GVariantLayout.valid(wrong)).as(wrong).isFalse();
    }
  }
}
