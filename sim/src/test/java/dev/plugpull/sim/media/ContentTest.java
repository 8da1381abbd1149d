package dev.plugpull.sim.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class ContentTest {
  private static final Content TEXT = Content.text("0123456789");
  private static final Content SNAP = Content.opaque("pc-kernel_2.snap", 300);

  private static String text(Content content) {
    return content.text().orElseThrow();
  }

  @Test
  void bytesAreCopied() {
    byte[] bytes = {1, 2, 3};
    Content content = Content.of(bytes);
    bytes[0] = 9;
    content.bytes().orElseThrow()[1] = 9;
    assertThat(content.bytes().orElseThrow()).containsExactly(1, 2, 3);
    assertThat(content).isEqualTo(Content.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(Content.of(new byte[] {1, 2, 3}))
        .isNotEqualTo(Content.of(new byte[] {1, 2, 4}));
    assertThat(content.length()).isEqualTo(3);
    assertThat(content).hasToString("3 bytes #" + content.hash().toString().substring(0, 8));
  }

  @Test
  void aParsedFormComesWithItsBytes() {
    Content parsed = Content.parsed("a=1", 7);
    assertThat(parsed.value()).isEqualTo(7);
    assertThat(parsed).isEqualTo(Content.text("a=1"));
    Content record = Content.record("state", Hash128.of("x"), 12);
    assertThat(record.value()).isEqualTo("state");
    assertThat(record.isOpaque()).isTrue();
    assertThat(record.length()).isEqualTo(12);
  }

  @Test
  void whatNobodyReadsIsItsName() {
    assertThat(SNAP).isEqualTo(Content.opaque("pc-kernel_2.snap", 300))
        .isNotEqualTo(Content.opaque("pc-kernel_2.snap", 301)).isNotEqualTo(Content.opaque("pc-kernel_3.snap", 300))
        .hasToString("pc-kernel_2.snap (300 bytes)");
    assertThat(SNAP.bytes()).isEmpty();
    assertThat(SNAP.text()).isEmpty();
    assertThat(Content.opaque("nothing", 0).length()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> Content.opaque("x", -1));
  }

  @Test
  void aPartOfAKernelIsNoKernel() {
    assertThat(SNAP.isPart()).isFalse();
    assertThat(SNAP.prefix(299).isPart()).isTrue();
    assertThat(SNAP.prefix(299)).isNotEqualTo(SNAP);
    assertThat(SNAP.prefix(300)).isSameAs(SNAP);
    assertThat(Content.damaged("stale clusters", 5).isPart()).isTrue();
    assertThat(Content.text("x)").isPart()).isFalse();
    assertThat(text(TEXT.prefix(3))).isEqualTo("012");
    assertThat(TEXT.prefix(10)).isSameAs(TEXT);
    assertThat(TEXT.prefix(0)).isSameAs(Content.EMPTY);
    assertThat(SNAP.prefix(0)).isSameAs(Content.EMPTY);
  }

  @Test
  void overwrittenInPlaceAndBehindTheEnd() {
    byte[] data = {'x', 'y'};
    assertThat(text(TEXT.overwritten(4, data))).isEqualTo("0123xy6789");
    assertThat(text(TEXT.overwritten(9, data))).isEqualTo("012345678xy");
    assertThat(SNAP.overwritten(0, data).length()).isEqualTo(300);
    assertThat(SNAP.overwritten(299, data).length()).isEqualTo(301);
    assertThat(SNAP.overwritten(0, data)).isNotEqualTo(SNAP).isNotEqualTo(SNAP.overwritten(1, data));
  }

  @Test
  void bytesThatNobodyWroteAreNoText() {
    Content padded = TEXT.padded(14);
    byte[] bytes = padded.bytes().orElseThrow();
    assertThat(text(padded.prefix(10))).isEqualTo("0123456789");
    assertThat(bytes).hasSize(14);
    for (int i = 10; i < 14; i++) {
      assertThat(bytes[i]).as("byte %d", i).isNegative();
    }
    assertThat(padded).isEqualTo(TEXT.padded(14)).isNotEqualTo(Content.text("9876543210").padded(14));
    assertThat(SNAP.padded(512).isPart()).isTrue();
    assertThat(SNAP.padded(512).length()).isEqualTo(512);
  }

  @Test
  void anAppendKeepsWhatStoodBefore() {
    Content after = Content.text("0123456789abc");
    assertThat(TEXT.appended(10, TEXT, after)).isSameAs(after);
    assertThat(Content.text("----------").appended(0, TEXT, after)).isSameAs(after);
    assertThat(text(Content.text("----------").appended(8, TEXT, after))).isEqualTo("--------89abc");
    assertThat(text(Content.text("--").appended(8, TEXT, after))).isEqualTo("--23456789abc");
    Content mixed = SNAP.appended(8, TEXT, after);
    assertThat(mixed.isPart()).isTrue();
    assertThat(mixed.length()).isEqualTo(13);
    assertThat(TEXT.appended(8, SNAP, Content.opaque("longer", 400)).isPart()).isTrue();
  }
}
