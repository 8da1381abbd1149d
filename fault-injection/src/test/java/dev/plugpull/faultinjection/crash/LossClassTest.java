package dev.plugpull.faultinjection.crash;

import static dev.plugpull.faultinjection.crash.LossClass.ALL_KEPT;
import static dev.plugpull.faultinjection.crash.LossClass.ALL_LOST;
import static dev.plugpull.faultinjection.crash.LossClass.DROPPED_ONE;
import static dev.plugpull.faultinjection.crash.LossClass.NOTHING_PENDING;
import static dev.plugpull.faultinjection.crash.LossClass.PREFIX;
import static dev.plugpull.faultinjection.crash.LossClass.SUBSET;
import static dev.plugpull.faultinjection.crash.LossClass.TORN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossClassTest {

  @ParameterizedTest
  @CsvSource({
      "ALL_LOST, ALL_LOST, ALL_LOST", "ALL_KEPT, ALL_KEPT, ALL_KEPT", "ALL_LOST, ALL_KEPT, SUBSET",
      "DROPPED_ONE, ALL_KEPT, DROPPED_ONE", "DROPPED_ONE, ALL_LOST, SUBSET", "DROPPED_ONE, DROPPED_ONE, SUBSET",
      "PREFIX, ALL_LOST, PREFIX", "PREFIX, ALL_KEPT, SUBSET", "PREFIX, PREFIX, SUBSET", "PREFIX, DROPPED_ONE, SUBSET",
      "TORN, ALL_KEPT, TORN", "TORN, SUBSET, TORN", "SUBSET, ALL_KEPT, SUBSET", "SUBSET, ALL_LOST, SUBSET"})
  void twoVolumesTogether(LossClass one, LossClass other, LossClass both) {
    assertThat(one.and(other)).isEqualTo(both);
    assertThat(other.and(one)).isEqualTo(both);
  }

  @ParameterizedTest
  @EnumSource
  void aVolumeWithoutPendingWritesAddsNothing(LossClass loss) {
    assertThat(loss.and(NOTHING_PENDING)).isEqualTo(loss);
    assertThat(NOTHING_PENDING.and(loss)).isEqualTo(loss);
    assertThat(LossClass.of(loss.ordinal())).isEqualTo(loss);
  }

  @Test
  void simplestFirst() {
    assertThat(LossClass.values())
        .containsExactly(NOTHING_PENDING, ALL_LOST, ALL_KEPT, PREFIX, DROPPED_ONE, TORN, SUBSET);
    assertThat(DROPPED_ONE.words()).isEqualTo("dropped one");
  }

  @Test
  void limitsThatBoundNothingAreRefused() {
    assertThatNoException().isThrownBy(() -> new CrashLimits(1, 0, 0, 1));
    assertThatNoException().isThrownBy(() -> new CrashLimits(1, 20, 0, 1));
    for (int[] bad : new int[][] {{0, 0, 0, 1}, {1, -1, 0, 1}, {1, 21, 0, 1}, {1, 0, -1, 1}, {1, 0, 0, 0}}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new CrashLimits(bad[0], bad[1], bad[2], bad[3]))
          .withMessageStartingWith("cannot bound the enumeration");
    }
  }
}
