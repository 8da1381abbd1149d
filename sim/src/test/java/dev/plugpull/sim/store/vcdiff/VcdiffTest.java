package dev.plugpull.sim.store.vcdiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.sim.store.trust.SeededRandom;
import dev.plugpull.sim.store.trust.TrustException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deltas of our own, and broken ones: what is made is the target or nothing. */
class VcdiffTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final int MOST = 4 << 20;

  /** Random bytes, changed, moved and grown, over more than one window. */
  static byte[][] pair(int size) {
    byte[] source = new byte[size];
    new SeededRandom(4).nextBytes(source);
    byte[] target = new byte[size + size / 3];
    new SeededRandom(5).nextBytes(target);
    System.arraycopy(source, size / 4, target, size / 8, size / 2);
    System.arraycopy(source, 0, target, size * 3 / 4, size / 4);
    return new byte[][] {source, target};
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 100", "100, 0", "15, 15", "17, 400", "5000, 6000", "1100000, 1300000"})
  void whatIsMadeIsTheTarget(int sourceSize, int targetSize) throws Exception {
    byte[] source = pair(Math.max(1, sourceSize))[0];
    byte[] from = Arrays.copyOf(source, sourceSize);
    byte[] target = Arrays.copyOf(pair(Math.max(1, targetSize))[1], targetSize);
    assertThat(VcdiffReader.apply(from, VcdiffWriter.delta(from, target), MOST)).isEqualTo(target);
  }

  @Test
  void aSmallChangeMakesASmallDelta() {
    byte[] source = pair(100_000)[0];
    byte[] target = source.clone();
    target[50_000] ^= 1;
    assertThat(VcdiffWriter.delta(source, target)).hasSizeLessThan(100);
    assertThat(VcdiffWriter.delta(source, pair(100_000)[1])).hasSizeBetween(30_000, 60_000);
  }

  @Test
  void theTableIsThatOfTheRfc() {
    assertThat(Instruction.TABLE).hasSize(256);
    assertThat(Instruction.TABLE.get(162).toString()).contains("COPY", "size=18, mode=8");
    assertThat(Instruction.TABLE.get(163).toString()).contains("ADD, size=1", "COPY, size=4, mode=0");
    assertThat(Instruction.TABLE.get(235).toString()).contains("ADD, size=1", "COPY, size=4, mode=6");
    assertThat(Instruction.TABLE.get(255).toString()).contains("COPY, size=4, mode=8", "ADD, size=1");
  }

  private static Optional<String> made(byte[] source, byte[] delta) {
    try {
      return Optional.of(HEX.formatHex(VcdiffReader.apply(source, delta, MOST)));
    } catch (TrustException e) {
      assertThat(e).hasMessageStartingWith("cannot apply delta: ");
      return Optional.empty();
    }
  }

  @Test
  void aFlippedBitAnEndTooEarlyAndAnotherSourceMakeNothing() throws Exception {
    byte[][] pair = pair(3000);
    byte[] delta = VcdiffWriter.delta(pair[0], pair[1]);
    for (int at = 0; at < delta.length; at += at < 60 ? 1 : 7) {
      byte[] bad = delta.clone();
      bad[at] ^= (byte) (1 << at % 8);
      // A source that seems shorter may do as well; what comes out is never anything else.
      assertThat(made(pair[0], bad)).as("offset %d", at).isIn(Optional.empty(), Optional.of(HEX.formatHex(pair[1])));
      byte[] cut = Arrays.copyOf(delta, at);
      if (at > 5) {
        assertThatThrownBy(() -> VcdiffReader.apply(pair[0], cut, MOST)).isInstanceOf(TrustException.class);
      }
    }
    byte[] other = pair[0].clone();
    Arrays.fill(other, (byte) 7);
    assertThatThrownBy(() -> VcdiffReader.apply(other, delta, MOST)).hasMessageContaining("checksum");
    assertThatThrownBy(() -> VcdiffReader.apply(Arrays.copyOf(pair[0], 10), delta, MOST))
        .hasMessageContaining("longer source");
    assertThatThrownBy(() -> VcdiffReader.apply(pair[0], delta, pair[1].length - 1))
        .hasMessageContaining("more than");
  }
}
