package dev.plugpull.faultinjection.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.plan.FaultPlan.AtRest;
import dev.plugpull.faultinjection.plan.FaultPlan.Cut;
import dev.plugpull.faultinjection.plan.FaultPlan.Loss;
import dev.plugpull.faultinjection.plan.FaultPlan.Pending;
import dev.plugpull.faultinjection.plan.FaultPlan.PowerCycle;
import dev.plugpull.faultinjection.plan.FaultPlan.Rule;
import dev.plugpull.faultinjection.plan.FaultPlan.Strike;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans with strikes beside power cuts and with events at rest: what is followed, how it ends, how it is told. */
class StrikesTest {
  private static final Violation DEAD = new Violation("TIDY", "the daemon died while it wrote");

  private final ServedDevice device = new ServedDevice();
  private final Replay<ServedDevice.State> replay = new Replay<>(device, StrikesTest::judge);

  private static List<Violation> judge(Settlement<ServedDevice.State> end) {
    return end.settled() && end.observation().outcome() == Outcome.NEW ? List.of()
        : List.of(new Violation("FRESH", "it does not end new"), DEAD);
  }

  private static FaultPlan plan(FaultPlan.Step... steps) {
    return new FaultPlan(List.of(steps));
  }

  private static Strike killed(int boot, int occurrence) {
    return new Strike(boot, "write", occurrence, Interruption.DAEMON_KILLED);
  }

  private void assertFollowed(FaultPlan plan, Outcome outcome) {
    Replayed<ServedDevice.State> run = replay.check(plan);
    assertThat(run.missing()).isEmpty();
    assertThat(run.plan()).isEqualTo(plan);
    assertThat(run.settlement().observation().outcome()).isEqualTo(outcome);
  }

  private void assertStopped(FaultPlan plan, FaultPlan.Step at) {
    Replayed<ServedDevice.State> run = replay.check(plan);
    assertThat(run.followed()).isFalse();
    assertThat(run.plan()).isEqualTo(plan);
    assertThat(run.missing()).containsExactly("not reached: " + at.words());
  }

  private static List<String> story(Replayed<ServedDevice.State> run) {
    return run.trace().stream()
        .map(t -> t.boot() + " " + t.kind() + " " + t.actor() + "|" + t.text() + "|" + t.where() + t.variables())
        .toList();
  }

  @Test
  void aStrikeAndWhatCameOfItAreTold() {
    Replayed<ServedDevice.State> run = replay.trace(plan(killed(1, 2)));
    assertThat(story(run)).containsExactly(
        "1 BOOT |boot 1|[Variable[where=flash, name=blocks, value=[1, 1]]]",
        "1 POINT |power-on|[]",
        "1 STEP daemon|block 0|daemon.c:10[]",
        "1 POINT |write: writes block 0|[]",
        "1 STEP daemon|block 1|daemon.c:11[]",
        "1 POINT |write: writes block 1|[]",
        "1 FAULT fault|boot 1: daemon killed at write (number 2)|[]",
        "1 VIOLATION |TIDY: the daemon died while it wrote|[]",
        "1 VIOLATION |TIDY: the daemon died while it wrote|[]",
        "1 END |resets: the daemon starts again|[]",
        "2 BOOT |boot 2|[Variable[where=flash, name=blocks, value=[2, 2]]]",
        "2 POINT |power-on|[]",
        "2 POINT |end: has written|[]",
        "2 END |has nothing more to do|[]",
        "2 NEXT_UPDATE |the next update is on offer|[]",
        "3 BOOT |boot 3|[Variable[where=flash, name=blocks, value=[2, 2]]]",
        "3 POINT |power-on|[]",
        "3 STEP daemon|block 0|daemon.c:10[]",
        "3 POINT |write: writes block 0|[]",
        "3 STEP daemon|block 1|daemon.c:11[]",
        "3 POINT |write: writes block 1|[]",
        "3 POINT |end: has written|[]",
        "3 END |has nothing more to do|[]",
        "4 BOOT |boot 4|[Variable[where=flash, name=blocks, value=[3, 3]]]",
        "4 POINT |power-on|[]",
        "4 POINT |end: has written|[]",
        "4 END |has nothing more to do|[]");
    assertThat(run.violations()).as("seen twice, told once").containsExactly(DEAD);
    assertThat(run.settlement().undisturbed()).isFalse();
    assertThat(run.settlement().next().observation().running()).containsEntry("blocks", "[3, 3]");
  }

  @Test
  void aCutIsToldAndNothingOfItsBootAfterIt() {
    Replayed<ServedDevice.State> run = replay.trace(plan(new Cut(1, "write", 1, List.of())));
    assertThat(story(run)).startsWith(
        "1 BOOT |boot 1|[Variable[where=flash, name=blocks, value=[1, 1]]]",
        "1 POINT |power-on|[]",
        "1 STEP daemon|block 0|daemon.c:10[]",
        "1 POINT |write: writes block 0|[]",
        "1 FAULT fault|boot 1: power fails at write; everything pending on flash is kept|[]",
        "2 BOOT |boot 2|[Variable[where=flash, name=blocks, value=[2, 1]]]");
  }

  @Test
  void withoutAStepNothingDisturbsTheDevice() {
    Replayed<ServedDevice.State> run = replay.check(FaultPlan.NOTHING);
    assertThat(run.followed()).isTrue();
    assertThat(run.violations()).isEmpty();
    assertThat(run.settlement().undisturbed()).isTrue();
    assertThat(run.settlement().boots()).isEqualTo(1);
  }

  @Test
  void aFaultOfTheMonitorsIsNotJudgedAgain() {
    Replayed<ServedDevice.State> run =
        replay.check(plan(killed(1, 1), new Strike(2, "write", 1, Interruption.POWER_OFF)));
    assertThat(run.violations()).containsExactly(DEAD, new Violation("FRESH", "it does not end new"));
    assertThat(run.violates("TIDY")).isTrue();
  }

  /** In one boot the strike comes first: a cut before it would be another history. */
  @Test
  void aCutFollowsAStrikeInTheSameBoot() {
    Strike full = new Strike(1, "write", 1, Interruption.DISK_FULL);
    Cut after = new Cut(1, "end", 1, List.of(
        new Loss(0, "flash", Rule.ALL_LOST, List.of(), List.of(new Pending("cell 0 = 2", 1)))));
    assertFollowed(plan(full, after), Outcome.NEW);
    Cut before = new Cut(1, "power-on", 1, List.of());
    assertStopped(plan(full, before), full);
    assertStopped(plan(full, new Cut(1, "write", 2, List.of())), full);
    assertThat(replay.check(plan(full)).settlement().observation().outcome()).isEqualTo(Outcome.NEW);
  }

  @Test
  void eachStepStrikesInItsOwnBoot() {
    assertFollowed(plan(killed(1, 1), killed(2, 1)), Outcome.NEW);
    assertFollowed(plan(killed(1, 2)), Outcome.NEW);
    assertStopped(plan(killed(1, 3)), killed(1, 3));
    assertStopped(plan(killed(1, 2), killed(2, 1)), killed(2, 1));
    assertStopped(plan(killed(1, 1), killed(1, 2)), killed(1, 2));
    assertStopped(plan(killed(2, 1)), killed(2, 1));
  }

  @Test
  void anEventHappensOnceTheDeviceHasComeToRest() {
    assertFollowed(plan(new AtRest(2, "revert")), Outcome.OLD);
    assertFollowed(plan(killed(1, 1), new AtRest(3, "revert"), killed(4, 2)), Outcome.OLD);
    // The first boot still changes something: it is not at rest.
    assertStopped(plan(new AtRest(1, "revert")), new AtRest(1, "revert"));
    assertStopped(plan(new AtRest(2, "repaint")), new AtRest(2, "repaint"));
    assertStopped(plan(new AtRest(2, "revert"), new AtRest(4, "revert")), new AtRest(4, "revert"));
    assertThat(story(replay.trace(plan(new AtRest(2, "revert")))))
        .contains("2 FAULT fault|after boot 2, at rest: revert|[]");
  }

  @Test
  void whatAStrikeSwitchesOffWaitsForAPerson() {
    Strike off = new Strike(1, "write", 2, Interruption.POWER_OFF);
    Replayed<ServedDevice.State> run = replay.trace(plan(off));
    Settlement<ServedDevice.State> end = run.settlement();
    assertThat(end.kind()).isEqualTo(Settlement.Kind.STUCK);
    assertThat(end.why()).isEqualTo("it is switched off");
    assertThat(end.assumed()).isTrue();
    assertThat(end.healedByPowerCycle()).isTrue();
    assertThat(end.undisturbed()).isFalse();
    assertThat(end.observation().running()).containsEntry("blocks", "[2, 2]");
    assertThat(story(run)).last().isEqualTo("1 END |is stuck: it is switched off|[]");
    assertFollowed(plan(off, new PowerCycle(1)), Outcome.NEW);
    assertThat(story(replay.trace(plan(off, new PowerCycle(1)))))
        .contains("1 FAULT fault|after boot 1, stuck: a person switches it off and on|[]");
    assertStopped(plan(off, killed(2, 1)), killed(2, 1));
    assertStopped(plan(new PowerCycle(1)), new PowerCycle(1));
  }

  @Test
  void aSecondLossOfAWriteThatIsPendingOnceIsMissed() {
    Cut cut = new Cut(1, "end", 1, List.of(new Loss(0, "flash", Rule.NAMED, List.of(),
        List.of(new Pending("cell 1 = 2", 1), new Pending("cell 1 = 2", 2)))));
    Replayed<ServedDevice.State> run = replay.check(plan(cut));
    assertThat(run.missing()).containsExactly("cell 1 = 2");
    assertThat(run.plan().steps()).containsExactly(new Cut(1, "end", 1, List.of(new Loss(0, "flash", Rule.NAMED,
        List.of(new Pending("cell 0 = 2", 1)), List.of(new Pending("cell 1 = 2", 1))))));
  }

  @Test
  void aTracedDeviceIsTheDevice() {
    TracedDevice<ServedDevice.State> traced = new TracedDevice<>(device, true);
    ServedDevice.State state = device.start();
    assertThat(traced.start()).isEqualTo(state);
    assertThat(traced.key(state)).isEqualTo(device.key(state));
    assertThat(traced.volumes()).containsExactly("flash");
    assertThat(traced.interruptions(state)).isEqualTo(device.interruptions(state));
    assertThat(traced.eventsAtRest(state)).isEqualTo(device.eventsAtRest(state)).isNotEmpty();
    assertThat(traced.observe(state)).isEqualTo(device.observe(state));
    assertThat(traced.observeUnsettled(state)).isEqualTo(device.observeUnsettled(state));
    assertThat(traced.describe(state)).isEqualTo(device.describe(state));
    assertThat(traced.undisturbed().tracing()).isTrue();
    assertThat(new TracedDevice<>(device, false).undisturbed().tracing()).isFalse();
  }

  @Test
  void shrinkingKeepsTheEventThatMatters() {
    FaultPlan small = new Shrinker<>(replay).shrink(
        plan(killed(1, 1), new Cut(2, "power-on", 1, List.of()), new AtRest(4, "revert")), "FRESH");
    assertThat(small).isEqualTo(plan(new AtRest(4, "revert")));
  }
}
