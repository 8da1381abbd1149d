package dev.plugpull.faultinjection.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plugpull.faultinjection.plan.FaultPlan.Cut;
import dev.plugpull.faultinjection.plan.FaultPlan.Loss;
import dev.plugpull.faultinjection.plan.FaultPlan.Pending;
import dev.plugpull.faultinjection.plan.FaultPlan.Rule;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.faultinjection.twin.TryCommitDevice;
import dev.plugpull.sim.device.Interruption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans in words, followed, and made smaller: on slots whose switch may be durable before their blocks are. */
class ReplayTest {
  private static final String WHY = "active system is incomplete";

  private final Replay<TryCommitDevice.State> replay =
      new Replay<>(new TryCommitDevice(3, false), ReplayTest::comesBack);

  private static List<Violation> comesBack(Settlement<TryCommitDevice.State> end) {
    return end.needsPerson() ? List.of(new Violation("NOBRICK", end.why())) : List.of();
  }

  private static Loss loss(Rule rule, String... lost) {
    return new Loss(1, "slot B", rule, List.of(), Arrays.stream(lost).map(write -> new Pending(write, 1)).toList());
  }

  private static FaultPlan cut(int boot, String point, int occurrence, Loss... losses) {
    return new FaultPlan(List.of(new Cut(boot, point, occurrence, List.of(losses))));
  }

  private static FaultPlan both(FaultPlan one, FaultPlan other) {
    return new FaultPlan(List.of(one.steps().getFirst(), other.steps().getFirst()));
  }

  @Test
  void aPlanReadsAsSentences() {
    FaultPlan.Step cut = new Cut(2, "switch", 3, List.of(
        new Loss(0, "", Rule.ALL_LOST, List.of(), List.of()), loss(Rule.ALL_KEPT),
        loss(Rule.NAMED, "cell 0 = 1", "cell 2 = 1")));
    assertThat(cut.words()).isEqualTo("boot 2: power fails at switch (number 3); "
        + "everything pending on volume 0 is lost; everything pending on slot B is kept; "
        + "slot B loses cell 0 = 1, cell 2 = 1");
    FaultPlan.Step strike = new FaultPlan.Strike(1, "mark", 1, Interruption.DAEMON_KILLED);
    FaultPlan.Step rest = new FaultPlan.AtRest(4, "the user removes a snap");
    FaultPlan.Step cycle = new FaultPlan.PowerCycle(5);
    assertThat(strike.words()).isEqualTo("boot 1: daemon killed at mark");
    assertThat(rest.words()).isEqualTo("after boot 4, at rest: the user removes a snap");
    assertThat(cycle.words()).isEqualTo("after boot 5, stuck: a person switches it off and on");
    for (FaultPlan.Step step : List.of(cut, strike, rest, cycle)) {
      assertThat(step.inBoot(7).boot()).isEqualTo(7);
      assertThat(step.inBoot(7).inBoot(step.boot())).isEqualTo(step);
    }
    FaultPlan plan = new FaultPlan(List.of(cut, strike, rest, cycle));
    assertThat(plan.size()).isEqualTo(4);
    assertThat(plan.cuts()).isEqualTo(1);
  }

  @Test
  void whatIsFollowedIsToldAnewWithAllThatWasPending() {
    Replayed<TryCommitDevice.State> run = replay.trace(cut(1, "switch", 1, loss(Rule.NAMED, "cell 1 = 1")));
    assertThat(run.followed()).isTrue();
    assertThat(run.missing()).isEmpty();
    assertThat(run.violates("NOBRICK")).isTrue();
    assertThat(run.violates("NOBRICK", WHY)).isTrue();
    assertThat(run.violates("NOBRICK", "another reason")).isFalse();
    assertThat(run.plan().steps()).containsExactly(new Cut(1, "switch", 1, List.of(
        new Loss(0, "environment", Rule.ALL_KEPT, List.of(new Pending("cell 0 = 1", 1)), List.of()),
        new Loss(1, "slot B", Rule.NAMED, List.of(new Pending("cell 0 = 1", 1), new Pending("cell 2 = 1", 1)),
            List.of(new Pending("cell 1 = 1", 1))))));
    assertThat(run.trace()).extracting(TraceStep::kind)
        .contains(TraceStep.Kind.BOOT, TraceStep.Kind.POINT, TraceStep.Kind.STEP, TraceStep.Kind.FAULT);
    Replayed<TryCommitDevice.State> quiet = replay.check(run.plan());
    assertThat(quiet.trace()).isEmpty();
    assertThat(quiet.plan()).isEqualTo(run.plan());
    assertThat(quiet.violations()).isEqualTo(run.violations());
  }

  @Test
  void aLostWriteThatIsNotThereIsNamedAndTheOthersAreLost() {
    Replayed<TryCommitDevice.State> run =
        replay.check(cut(1, "switch", 1, loss(Rule.NAMED, "cell 9 = 1", "cell 2 = 1")));
    assertThat(run.followed()).isTrue();
    assertThat(run.missing()).singleElement().asString().contains("cell 9 = 1");
    assertThat(run.violates("NOBRICK", WHY)).isTrue();
  }

  @Test
  void aPointThatIsNotReachedStopsThePlan() {
    for (FaultPlan plan : List.of(cut(1, "nowhere", 1), cut(1, "block", 4), cut(9, "switch", 1),
        new FaultPlan(List.of(new FaultPlan.AtRest(2, "the user removes a snap"))),
        new FaultPlan(List.of(new FaultPlan.PowerCycle(1))),
        both(cut(2, "power-on", 1), cut(1, "switch", 1)))) {
      Replayed<TryCommitDevice.State> run = replay.check(plan);
      assertThat(run.followed()).as("%s", plan).isFalse();
      assertThat(run.plan()).isEqualTo(plan);
      assertThat(run.missing()).singleElement().asString().startsWith("not reached: ");
      assertThat(run.violates("NOBRICK")).isFalse();
    }
  }

  @Test
  void aDeviceThatIsStuckTakesAPersonsPowerCycle() {
    FaultPlan stuck = cut(1, "switch", 1, loss(Rule.ALL_LOST));
    FaultPlan cycled = both(stuck, new FaultPlan(List.of(new FaultPlan.PowerCycle(2))));
    assertThat(replay.check(cycled).plan().steps().getLast()).isEqualTo(new FaultPlan.PowerCycle(2));
    assertThat(replay.check(cycled).settlement().kind()).isEqualTo(replay.check(stuck).settlement().kind());
  }

  @Test
  void shrinksToOneCutAtWhichAllIsLostOrKept() {
    Shrinker<TryCommitDevice.State> shrinker = new Shrinker<>(replay);
    FaultPlan two = both(
        cut(1, "block", 2, loss(Rule.NAMED, "cell 1 = 1")), cut(2, "switch", 1, loss(Rule.NAMED, "cell 1 = 1")));
    FaultPlan small = shrinker.shrink(two, "NOBRICK");
    assertThat(small).isEqualTo(shrinker.shrink(two, "NOBRICK", WHY));
    assertThat(small.steps()).singleElement().isInstanceOfSatisfying(Cut.class, cut -> {
      assertThat(cut.boot()).isEqualTo(1);
      assertThat(cut.point()).isEqualTo("switch");
      assertThat(cut.losses()).extracting(Loss::rule).containsExactly(Rule.ALL_KEPT, Rule.ALL_LOST);
    });
    assertThat(Shrinker.cost(small)).isEqualTo(1_000_001);
    assertThatIllegalArgumentException().isThrownBy(() -> shrinker.shrink(FaultPlan.NOTHING, "NOBRICK"))
        .withMessage("cannot shrink a plan that does not violate NOBRICK");
    assertThatIllegalArgumentException().isThrownBy(() -> shrinker.shrink(two, "NOBRICK", "another reason"))
        .withMessageContaining("because another reason");
  }

  /** What a person would call simpler costs less. */
  @Test
  void stepsCostMostThenMixedLosses() {
    Loss mixed = new Loss(0, "", Rule.NAMED, List.of(new Pending("a", 1), new Pending("b", 1), new Pending("c", 1)),
        List.of(new Pending("d", 1), new Pending("e", 1)));
    assertThat(Shrinker.cost(FaultPlan.NOTHING)).isZero();
    assertThat(Shrinker.cost(cut(1, "x", 1))).isEqualTo(1_000_000);
    assertThat(Shrinker.cost(cut(1, "x", 1, loss(Rule.ALL_KEPT)))).isEqualTo(1_000_000);
    assertThat(Shrinker.cost(cut(1, "x", 1, mixed, loss(Rule.ALL_LOST)))).isEqualTo(1_000_006);
    assertThat(Shrinker.cost(both(cut(1, "x", 1), cut(2, "x", 1)))).isEqualTo(2_000_000);
  }
}
