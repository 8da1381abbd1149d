package dev.plugpull.sim.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class Hash128Test {

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (37 * i + 11);
    }
    return bytes;
  }

  /** Of 64 bits of a good hash about 32 change; fewer than 8 or more than 56 do in less than one of 10^9 cases. */
  private static void assertDiffer(Hash128 one, Hash128 other, String what) {
    assertThat(Long.bitCount(one.hi() ^ other.hi())).as("high half: %s", what).isBetween(8, 56);
    assertThat(Long.bitCount(one.lo() ^ other.lo())).as("low half: %s", what).isBetween(8, 56);
  }

  /** The first three numbers of SplitMix64 from seed 0, as published with it. */
  @Test
  void mixesAsSplitMix64() {
    long step = 0x9E3779B97F4A7C15L;
    assertThat(List.of(Hash128.mix(step), Hash128.mix(2 * step), Hash128.mix(3 * step)))
        .containsExactly(0xE220A8397B1DCDAFL, 0x6E789E6AA1B965F4L, 0x06C45D188009454FL);
  }

  @Test
  void everyBitOfEveryByteCounts() {
    for (int length = 1; length <= 40; length++) {
      Hash128 hash = Hash128.of(bytes(length));
      for (int bit = 0; bit < 8 * length; bit++) {
        byte[] flipped = bytes(length);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        assertDiffer(hash, Hash128.of(flipped), "bit " + bit + " of " + length + " bytes");
      }
    }
  }

  @Test
  void zerosOfDifferentLengthsDiffer() {
    Set<Long> halves = new HashSet<>();
    for (int length = 0; length <= 40; length++) {
      Hash128 hash = Hash128.of(new byte[length]);
      assertThat(halves.add(hash.hi()) & halves.add(hash.lo())).isTrue();
    }
  }

  @Test
  void partsInOrder() {
    Hash128 one = Hash128.of("one");
    Hash128 two = Hash128.of("two");
    assertThat(one).isEqualTo(Hash128.of("one".getBytes(StandardCharsets.UTF_8)));
    assertThat(one.plus(two)).isEqualTo(two.plus(one)).isNotEqualTo(one);
    assertThat(one.plus(two).minus(two)).isEqualTo(one);
    assertDiffer(one.then(two), two.then(one), "the other order");
    assertDiffer(one.then(two), one.then(one), "another second part");
    assertDiffer(one.then(two), two.then(two), "another first part");
    assertDiffer(one.then(Hash128.ZERO), one, "nothing behind");
  }

  @Test
  void comparesAndReadsAsUnsigned() {
    Hash128 small = new Hash128(1, -1);
    Hash128 large = new Hash128(-1, 1);
    assertThat(small).isLessThan(large).isLessThan(new Hash128(2, 0)).isGreaterThan(new Hash128(1, 1));
    assertThat(small.compareTo(new Hash128(1, -1))).isZero();
    assertThat(small).hasToString("0000000000000001ffffffffffffffff");
  }
}
