package dev.plugpull.faultinjection.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.twin.CellDisk;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CrashStateEnumeratorProperties {
  private final CrashStateEnumerator enumerator = new CrashStateEnumerator(CrashLimits.DEFAULT);

  private static ToyWindow random(long seed, int size) {
    Random random = new Random(seed);
    ToyWindow window = new ToyWindow(CellDisk.of(new int[6]));
    for (int i = 0; i < size; i++) {
      int[] needs = i > 0 && random.nextInt(3) == 0 ? new int[] {random.nextInt(i)} : new int[0];
      window.put(random.nextInt(6), random.nextInt(3), needs);
    }
    return window;
  }

  private static TreeSet<String> naive(PendingWindow window) {
    TreeSet<String> states = new TreeSet<>();
    for (long mask = 0; mask < 1L << window.size(); mask++) {
      BitSet kept = BitSet.valueOf(new long[] {mask});
      VolumeState state = window.base();
      boolean closed = true;
      for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
        BitSet missing = window.needs(i);
        missing.andNot(kept);
        closed &= missing.isEmpty();
        state = window.apply(state, i);
      }
      if (closed) {
        states.add(state.toString());
      }
    }
    return states;
  }

  private static TreeSet<String> seen(CrashStates states) {
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 0; i < states.size(); i++) {
      VolumeState state = states.window().base();
      BitSet kept = states.kept(i);
      for (int write = kept.nextSetBit(0); write >= 0; write = kept.nextSetBit(write + 1)) {
        assertThat(kept.stream().boxed()).containsAll(states.window().needs(write).stream().boxed().toList());
        state = states.window().apply(state, write);
      }
      assertThat(state).as("the choice that a state carries leads to it").isEqualTo(states.state(i));
      assertThat(seen.add(state.toString())).as("no state twice").isTrue();
    }
    return seen;
  }

  @Property(tries = 200, seed = "3640887671")
  void everyClosedChoiceAndNothingElse(@ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size) {
    ToyWindow window = random(seed, size);
    CrashStates states = enumerator.enumerate(window);
    assertThat(states.bounded()).isFalse();
    assertThat(seen(states)).isEqualTo(naive(window));
  }

  @Property(tries = 200, seed = "430740031")
  void growingAWindowChangesOnlyTheWork(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int size, @ForAll @IntRange(min = 0, max = 12) int first,
      @ForAll @IntRange(min = 0, max = 12) int second) {
    ToyWindow window = random(seed, size);
    CrashStates states = null;
    for (int count : new int[] {Math.min(size, first), Math.min(size, second), size}) {
      states = enumerator.enumerate(window.first(count), states);
    }
    CrashStates fresh = enumerator.enumerate(window);
    assertThat(seen(states)).isEqualTo(seen(fresh));
    assertThat(states.choices()).isEqualTo(fresh.choices());
  }

  @Property(tries = 100, seed = "521431958")
  void tiersAreMarkedAndFindOnlyWhatIsPossible(@ForAll long seed, @ForAll @IntRange(min = 7, max = 12) int size) {
    ToyWindow window = random(seed, size);
    CrashStates states = new CrashStateEnumerator(new CrashLimits(40, 6, 2, 1000)).enumerate(window);
    TreeSet<String> found = seen(states);
    TreeSet<String> all = naive(window);
    assertThat(all).containsAll(found);
    if (!states.bounded()) {
      assertThat(found).isEqualTo(all);
    }
    assertThat(states.lossClass(0)).isEqualTo(LossClass.ALL_LOST);
  }

  @Example
  void aWindowCountedByHand() {
    // Two free cells and one that needs the first: {}, 0, 1, 01, 02, 012.
    CrashStates states =
        enumerator.enumerate(new ToyWindow(CellDisk.of(0, 0, 0)).put(0, 1).put(1, 1).put(2, 1, 0));
    assertThat(states.size()).isEqualTo(6);
    assertThat(states.lossClass(0)).isEqualTo(LossClass.ALL_LOST);
    assertThat(states.lossClass(states.allKept())).isEqualTo(LossClass.ALL_KEPT);
    assertThat(classes(states)).containsExactlyInAnyOrder(
        LossClass.ALL_LOST, LossClass.PREFIX, LossClass.PREFIX, LossClass.DROPPED_ONE, LossClass.DROPPED_ONE,
        LossClass.ALL_KEPT);
  }

  @Example
  void whatNeedsALostWriteIsLostWithIt() {
    ToyWindow window = new ToyWindow(CellDisk.of(0, 0, 0, 0)).put(0, 1).put(1, 1).put(2, 1, 1).put(3, 1);
    CrashStates states = enumerator.enumerate(window);
    for (int i = 0; i < states.size(); i++) {
      switch (states.kept(i).toString()) {
        case "{0, 3}", "{0, 1, 3}", "{1, 2, 3}" ->
            assertThat(states.lossClass(i)).isEqualTo(LossClass.DROPPED_ONE);
        case "{0}", "{0, 1}", "{0, 1, 2}" -> assertThat(states.lossClass(i)).isEqualTo(LossClass.PREFIX);
        case "{3}", "{1, 3}", "{1}", "{1, 2}" -> assertThat(states.lossClass(i)).isEqualTo(LossClass.SUBSET);
        default -> assertThat(states.kept(i).cardinality()).isIn(0, 4);
      }
    }
    assertThat(states.size()).isEqualTo(12);
  }

  @Example
  void onlyWhatIsTheSameIsTakenFromAnEarlierWindow() {
    ToyWindow before = new ToyWindow(CellDisk.of(0, 0)).put(0, 1).put(1, 1);
    ToyWindow overAnotherBase = before.over(CellDisk.of(2, 2));
    ToyWindow withAnotherWrite = new ToyWindow(CellDisk.of(0, 0)).put(0, 2).put(1, 1);
    for (ToyWindow window : List.of(overAnotherBase, withAnotherWrite)) {
      CrashStates after = enumerator.enumerate(window, enumerator.enumerate(before));
      assertThat(seen(after)).isEqualTo(naive(window));
    }
  }

  @Example
  void aRequestOfTwoUnitsTears() {
    CrashStates states = enumerator.enumerate(new ToyWindow(CellDisk.of(0, 0)).torn(0, 0, 1).torn(0, 1, 1));
    assertThat(classes(states))
        .containsExactlyInAnyOrder(LossClass.ALL_LOST, LossClass.TORN, LossClass.TORN, LossClass.ALL_KEPT);
  }

  @Example
  void aRequestThatIsKeptOrLostWholeIsNotTorn() {
    ToyWindow window = new ToyWindow(CellDisk.of(0, 0, 0)).torn(0, 0, 1).torn(0, 1, 1).put(2, 1);
    CrashStates states = enumerator.enumerate(window);
    for (int i = 0; i < states.size(); i++) {
      switch (states.kept(i).toString()) {
        case "{0, 1}" -> assertThat(states.lossClass(i)).isEqualTo(LossClass.PREFIX);
        case "{2}" -> assertThat(states.lossClass(i)).isEqualTo(LossClass.SUBSET);
        case "{0}", "{1}", "{0, 2}", "{1, 2}" -> assertThat(states.lossClass(i)).isEqualTo(LossClass.TORN);
        default -> assertThat(states.kept(i).cardinality()).isIn(0, 3);
      }
    }
    assertThat(states.size()).isEqualTo(8);
  }

  @Example
  void aHundredOrderedWritesAreEnumeratedInFull() {
    ToyWindow window = new ToyWindow(CellDisk.of(new int[100])).put(0, 1);
    for (int i = 1; i < 100; i++) {
      window.put(i, 1, i - 1);
    }
    CrashStates states = enumerator.enumerate(window);
    assertThat(states.bounded()).isFalse();
    assertThat(states.size()).isEqualTo(101);
  }

  @Example
  void asManyChoicesAsTheLimitAllowsAreTriedInFull() {
    ToyWindow window = new ToyWindow(CellDisk.of(new int[7]));
    for (int i = 0; i < 7; i++) {
      window.put(i, 1);
    }
    assertThat(new CrashStateEnumerator(new CrashLimits(128, 6, 2, 1)).enumerate(window).bounded()).isFalse();
    assertThat(new CrashStateEnumerator(new CrashLimits(127, 6, 2, 1)).enumerate(window).bounded()).isTrue();
    assertThat(new CrashStateEnumerator(new CrashLimits(1, 7, 2, 1)).enumerate(window).size()).isEqualTo(128);
  }

  @Example
  void aLargeWindowThatGrowsIsWhatItIsAtOnce() {
    ToyWindow window = new ToyWindow(CellDisk.of(new int[90])).put(0, 1);
    for (int i = 1; i < 90; i++) {
      window.put(i, 1, i < 70 ? new int[] {i - 1} : new int[0]);
    }
    CrashStateEnumerator small = new CrashStateEnumerator(new CrashLimits(200, 6, 1, 1));
    CrashStates states = null;
    for (int count : new int[] {60, 66, 70, 71, 89, 90}) {
      states = small.enumerate(window.first(count), states);
      CrashStates fresh = small.enumerate(window.first(count));
      assertThat(states.bounded()).isEqualTo(fresh.bounded()).isEqualTo(count > 71);
      assertThat(seen(states)).isEqualTo(seen(fresh));
    }
  }

  @Example
  void aHundredFreeWritesAreBoundedAndDropEachOnce() {
    ToyWindow window = new ToyWindow(CellDisk.of(new int[100]));
    for (int i = 0; i < 100; i++) {
      window.put(i, 1);
    }
    CrashStates states = enumerator.enumerate(window);
    assertThat(states.bounded()).isTrue();
    // Dropping the last write is the prefix of 99, dropping the second last one is a choice of its own, and so on.
    assertThat(classes(states)).filteredOn(loss -> loss == LossClass.DROPPED_ONE).hasSize(99);
    assertThat(classes(states)).filteredOn(loss -> loss == LossClass.PREFIX).hasSize(99);
  }

  private static List<LossClass> classes(CrashStates states) {
    return java.util.stream.IntStream.range(0, states.size()).mapToObj(states::lossClass).toList();
  }
}
