package dev.plugpull.faultinjection.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.twin.CellDisk;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Which choices of a large window are tried: held against their definition, without any of the tricks. */
class TiersProperties {

  /** Every write puts something into a cell of its own, so every choice is a state of its own. */
  private static ToyWindow random(long seed, int size) {
    Random random = new Random(seed);
    ToyWindow window = new ToyWindow(CellDisk.of(new int[2 * size]));
    for (int i = 0; i < size; i++) {
      int[] needs = i > 0 && random.nextInt(4) == 0 ? new int[] {random.nextInt(i)} : new int[0];
      window.put(2 * i + random.nextInt(2), 1, needs);
    }
    return window;
  }

  /** The writes of {@code chosen} that are left when one after another goes that lacks what it needs. */
  private static BitSet shrunk(ToyWindow window, BitSet chosen) {
    BitSet left = (BitSet) chosen.clone();
    for (int i = 0; i < window.size(); i++) {
      BitSet missing = window.needs(i);
      missing.andNot(left);
      if (!missing.isEmpty()) {
        left.clear(i);
      }
    }
    return left;
  }

  private static BitSet grown(ToyWindow window, BitSet chosen) {
    BitSet all = (BitSet) chosen.clone();
    chosen.stream().forEach(write -> all.or(window.needs(write)));
    return all;
  }

  private static BitSet but(int size, BitSet lost) {
    BitSet rest = new BitSet();
    rest.set(0, size);
    rest.andNot(lost);
    return rest;
  }

  private static Set<BitSet> expected(ToyWindow window, int subsetSize) {
    Set<BitSet> expected = new HashSet<>();
    BitSet prefix = new BitSet();
    BitSet accepted = new BitSet();
    expected.add(new BitSet());
    for (int i = 0; i < window.size(); i++) {
      prefix.set(i);
      accepted.set(i, window.issued(i));
      BitSet one = new BitSet();
      one.set(i);
      expected.add((BitSet) prefix.clone());
      expected.add(shrunk(window, accepted));
      expected.add(shrunk(window, but(window.size(), one)));
      for (int j = 0; j < window.size() && subsetSize > 0; j++) {
        BitSet some = (BitSet) one.clone();
        some.set(subsetSize > 1 ? j : i);
        expected.add(grown(window, some));
        expected.add(shrunk(window, but(window.size(), some)));
      }
    }
    return expected;
  }

  private static CrashStates enumerate(ToyWindow window, int limit, int subsetSize) {
    return new CrashStateEnumerator(new CrashLimits(limit, 0, subsetSize, 1)).enumerate(window);
  }

  private static Set<BitSet> tried(ToyWindow window, CrashStates states) {
    Set<BitSet> tried = new HashSet<>();
    for (int i = 0; i < states.size(); i++) {
      CellDisk disk = (CellDisk) states.state(i);
      BitSet kept = states.kept(i);
      for (int write = 0; write < window.size(); write++) {
        int value = disk.get(2 * write) + disk.get(2 * write + 1);
        assertThat(value).as("the state is what its choice says").isEqualTo(kept.get(write) ? 1 : 0);
      }
      assertThat(tried.add(kept)).isTrue();
    }
    return tried;
  }

  @Property(tries = 60, seed = "7391105522")
  void allThatTheTiersAreToTry(
      @ForAll long seed, @ForAll @IntRange(min = 8, max = 70) int size, @ForAll @IntRange(max = 2) int subsetSize) {
    ToyWindow window = random(seed, size);
    Set<BitSet> expected = expected(window, subsetSize);
    CrashStates states = enumerate(window, expected.size(), subsetSize);
    Assume.that(states.bounded());
    assertThat(tried(window, states)).isEqualTo(expected);
    assertThat(states.choices()).as("no choice is tried twice").isEqualTo(expected.size());
  }

  @Property(tries = 60, seed = "4402918837")
  void withoutRoomThePrefixesAndSomeMore(
      @ForAll long seed, @ForAll @IntRange(min = 8, max = 70) int size,
      @ForAll @IntRange(min = 1, max = 300) int limit) {
    ToyWindow window = random(seed, size);
    CrashStates states = enumerate(window, limit, 2);
    Assume.that(states.bounded());
    Set<BitSet> expected = expected(window, 2);
    Set<BitSet> tried = tried(window, states);
    assertThat(expected).containsAll(tried);
    BitSet prefix = new BitSet();
    for (int i = 0; i < size; i++) {
      assertThat(tried).contains((BitSet) prefix.clone());
      prefix.set(i);
    }
    assertThat(tried).contains(prefix);
    int room = Math.max(limit, 2 * size + 2);
    assertThat(tried.size()).isBetween(Math.min(room, expected.size()), room + 1);
  }

  /** Chosen by hand: five writes, of which the second needs the first; the device has accepted those in even cells. */
  @Example
  void theTiersOfFiveWrites() {
    ToyWindow window = new ToyWindow(CellDisk.of(new int[10])).put(0, 1).put(2, 1, 0).put(5, 1).put(6, 1).put(8, 1);
    assertThat(expected(window, 0)).extracting(BitSet::toString).containsExactlyInAnyOrder(
        "{}", "{0}", "{0, 1}", "{0, 1, 2}", "{0, 1, 2, 3}", "{0, 1, 2, 3, 4}",
        "{0, 1, 3}", "{0, 1, 3, 4}",
        "{2, 3, 4}", "{0, 2, 3, 4}", "{0, 1, 2, 4}");
    assertThat(expected(window, 1)).extracting(BitSet::toString).contains("{2}", "{3}", "{4}").doesNotContain("{1}");
    CrashStates states = enumerate(window, 11, 0);
    assertThat(states.bounded()).isTrue();
    assertThat(tried(window, states)).isEqualTo(expected(window, 0));
  }
}
