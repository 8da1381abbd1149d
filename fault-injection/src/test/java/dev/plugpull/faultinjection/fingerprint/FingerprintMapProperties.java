package dev.plugpull.faultinjection.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Held against a map of Java's own, with fingerprints of which many share a half or a place. */
class FingerprintMapProperties {

  @Property(tries = 200, seed = "6021023776")
  void keepsWhatAMapOfJavaKeeps(@ForAll long seed, @ForAll @IntRange(max = 400) int calls) {
    Random random = new Random(seed);
    FingerprintMap map = new FingerprintMap(random.nextInt(40));
    Map<List<Long>, Integer> twin = new HashMap<>();
    for (int i = 0; i < calls; i++) {
      long hi = random.nextInt(20);
      long lo = random.nextBoolean() ? random.nextInt(20) : Long.rotateLeft(hi, 32);
      if (random.nextInt(150) == 0) {
        map.clear();
        twin.clear();
      }
      int value = random.nextInt(Integer.MAX_VALUE);
      Integer known = twin.putIfAbsent(List.of(hi, lo), value);
      assertThat(map.putIfAbsent(hi, lo, value)).isEqualTo(known == null ? -1 : known);
      assertThat(map.size()).isEqualTo(twin.size());
    }
    for (long hi = 0; hi < 20; hi++) {
      for (long lo = 0; lo < 20; lo++) {
        assertThat(map.get(hi, lo)).isEqualTo(twin.getOrDefault(List.of(hi, lo), -1));
      }
    }
  }

  @Example
  void addsOnce() {
    FingerprintMap map = new FingerprintMap(0);
    assertThat(map.add(0, 0)).isTrue();
    assertThat(map.add(0, 0)).isFalse();
    map.clear();
    assertThat(map.get(0, 0)).isEqualTo(-1);
    assertThat(map.add(0, 0)).isTrue();
  }

  @Example
  void isNeverMoreThanHalfFullAndHasRoomForWhatIsExpected() {
    FingerprintMap map = new FingerprintMap(1000);
    long before = map.bytes();
    for (int i = 0; i < 5000; i++) {
      map.add(i, -i);
      assertThat(map.bytes()).as("bytes at %d", i).isGreaterThanOrEqualTo(2 * 24L * map.size());
      if (i < 500) {
        assertThat(map.bytes()).isEqualTo(before);
      }
    }
    assertThat(map.size()).isEqualTo(5000);
    assertThat(map.bytes()).isEqualTo(24L * 16384);
  }
}
