package dev.plugpull.scenarios.assertj;

import static dev.plugpull.scenarios.assertj.PlugpullAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.twin.TryCommitDevice;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.trial.Tried;
import dev.plugpull.scenarios.trial.TwoSlots;
import dev.plugpull.sim.device.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlugpullAssertionsTest {

  private static Tried<?> good() {
    return Trial.of(TwoSlots.good(), TwoSlots.UPDATE).explore();
  }

  private static Tried<?> careless() {
    return Trial.of(TwoSlots.careless(), TwoSlots.UPDATE).explore();
  }

  @Test
  void outcomes() {
    assertThat(Outcome.OLD).isExactlyOldOrNew().isOld();
    assertThat(Outcome.NEW).isExactlyOldOrNew().isNew();
    assertThatThrownBy(() -> assertThat(Outcome.MIXED).isExactlyOldOrNew())
        .hasMessage("expected the device to end exactly old or exactly new, and it ended mixed");
  }

  @Test
  void anObservationSaysWhatRuns() {
    TryCommitDevice device = new TryCommitDevice(2, true);
    assertThat(device.observe(device.start())).isOld();
    assertThatThrownBy(() -> assertThat(device.observe(device.start())).isNew())
        .hasMessageContaining("it ended old, runs {system=1}, reports {system=1}, change none");
  }

  @Test
  void aGoodDeviceReadsAsASentence() {
    assertThat(good()).reachedFixpoint().triedEveryWindowInFull().hasNoBrick().isExactlyOldOrNewAtEveryCut()
        .keepsTheContract();
  }

  @Test
  void aBrokenOneSaysWhatWhenAndTheCommand() {
    assertThat(careless()).reachedFixpoint().violates("NOBRICK");
    assertThatThrownBy(() -> assertThat(careless()).hasNoBrick())
        .hasMessageContaining("NOBRICK violated: needs a person: active system is incomplete")
        .hasMessageContaining("when     boot 1: power fails at switch")
        .hasMessageContaining("repeat   ./plugpull replay ")
        .hasMessageContaining("report   file:");
    assertThatThrownBy(() -> assertThat(good()).violates("NOBRICK")).hasMessageContaining("found none (");
  }

  @Test
  void anUnfinishedSearchProvesNothing() {
    Tried<?> unfinished = Trial.of(TwoSlots.good(), TwoSlots.UPDATE)
        .within(ExplorationBounds.DEFAULT.withWorkUnits(2)).explore();
    assertThatThrownBy(() -> assertThat(unfinished).reachedFixpoint())
        .hasMessageContaining("the budget of 2 work units ended");
    assertThatThrownBy(() -> assertThat(unfinished).hasNoBrick()).hasMessageContaining("cannot tell whether NOBRICK");
  }

  @Test
  void anExcuseCounts() {
    assertThat(Trial.of(TwoSlots.careless(), TwoSlots.UPDATE).excusing("NOBRICK", "not sold").explore()).hasNoBrick();
  }

  @Test
  void oneHistoryIsJudgedByItself() {
    Trial<?> careless = Trial.of(TwoSlots.careless(), TwoSlots.UPDATE);
    assertThat(careless.attempt(FaultPlan.NOTHING)).keepsTheContract().endsExactlyOldOrNew();
    FaultPlan cut = new FaultPlan(List.of(new FaultPlan.Cut(1, "switch", 1, List.of(
        new FaultPlan.Loss(1, "slot B", FaultPlan.Rule.ALL_LOST, List.of(), List.of())))));
    assertThatThrownBy(() -> assertThat(careless.attempt(cut)).endsExactlyOldOrNew())
        .hasMessageContaining("exactly old or new violated: active system is incomplete");
    assertThatThrownBy(() -> assertThat(careless.attempt(cut)).keepsTheContract())
        .hasMessageContaining("NOBRICK violated");
  }

  /** A device that only Java can build has no command, and the message says what to do. */
  @Test
  void aDeviceOfOnesOwnIsRepeatedInJava() {
    assertThatThrownBy(() -> assertThat(Trial.of("my device", new TryCommitDevice(2, false)).explore()).hasNoBrick())
        .hasMessageContaining("the device is built in Java: run this test again");
  }
}
