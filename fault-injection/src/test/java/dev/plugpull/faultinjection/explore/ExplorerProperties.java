package dev.plugpull.faultinjection.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.plan.Shrinker;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ExplorerProperties {

  static List<Violation> judge(Settlement<RandomDevice.State> end) {
    List<Violation> violations = new ArrayList<>();
    if (end.needsPerson()) {
      violations.add(new Violation("NOBRICK", end.kind() + " " + end.why()));
    } else if (end.settled() && end.next() != null && end.next().needsPerson()) {
      violations.add(new Violation("NEXT", end.next().why()));
    }
    return violations;
  }

  private static Exploration<RandomDevice.State> explore(RandomDevice device, ExplorationBounds bounds) {
    return new Explorer<>(device, ExplorerProperties::judge, bounds).explore();
  }

  /** States that are booted, with the number of faults on the shortest plan. */
  private static TreeMap<String, Integer> keyed(RandomDevice device, Exploration<RandomDevice.State> found) {
    TreeMap<String, Integer> keyed = new TreeMap<>();
    for (int node = 0; node < found.nodes().size(); node++) {
      FaultPlan plan = found.nodes().plan(node);
      boolean halted = !plan.steps().isEmpty()
          && plan.steps().getLast() instanceof FaultPlan.Strike
          && found.nodes().settlement(node).kind() == Settlement.Kind.STUCK
          && found.nodes().settlement(node).boots() == 0;
      if (!halted) {
        keyed.put(device.key(found.nodes().state(node)).toString(), plan.size());
      }
    }
    return keyed;
  }

  @Property(tries = 20, seed = "834141203")
  void bruteForceFindsTheSameStatesWithTheSameFewestFaults(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int volumes, @ForAll @IntRange(min = 1, max = 5) int steps,
      @ForAll boolean struck) {
    RandomDevice device = new RandomDevice(seed, volumes, steps, struck);
    Exploration<RandomDevice.State> found = explore(device, ExplorationBounds.DEFAULT);
    BruteForce<RandomDevice.State> slow = new BruteForce<>(device);
    Map<RandomDevice.State, Integer> states = slow.explore();
    assertThat(keyed(device, found)).isEqualTo(BruteForce.keyed(device, states));
    assertThat(found.counts().durableStates()).isEqualTo(states.size());
    assertThat(found.counts().crashPoints()).isEqualTo(slow.crashPoints);
    assertThat(found.counts().crashStates()).isEqualTo(slow.crashStates);
    assertThat(found.complete()).isTrue();
  }

  @Property(tries = 60, seed = "2716846992")
  void nestedEnumerationWithoutMemoryFindsTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int steps) {
    RandomDevice device = new RandomDevice(seed, 2, steps, false);
    Exploration<RandomDevice.State> found = explore(device, ExplorationBounds.DEFAULT);
    Set<RandomDevice.State> nested = new BruteForce<>(device).nested(2);
    TreeMap<String, Integer> near = keyed(device, found);
    near.values().removeIf(cost -> cost > 2);
    Map<RandomDevice.State, Integer> flat = new java.util.LinkedHashMap<>();
    nested.forEach(state -> flat.put(state, 0));
    assertThat(near.keySet()).isEqualTo(BruteForce.keyed(device, flat).keySet());
  }

  @Property(tries = 60, seed = "2100589830")
  void everyPlanLeadsWhereTheExplorerSays(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int steps, @ForAll boolean struck) {
    RandomDevice device = new RandomDevice(seed, 2, steps, struck);
    Exploration<RandomDevice.State> found = explore(device, ExplorationBounds.DEFAULT);
    Replay<RandomDevice.State> replay = new Replay<>(device, ExplorerProperties::judge);
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    for (int node = 0; node < found.nodes().size(); node++) {
      FaultPlan plan = found.nodes().plan(node);
      Replayed<RandomDevice.State> replayed = replay.check(plan);
      assertThat(replayed.missing()).isEmpty();
      assertThat(replayed.plan()).isEqualTo(plan);
      Settlement<RandomDevice.State> expected = found.nodes().settlement(node);
      // The node may lie some fault-free boots behind the last fault; those the replay counts too.
      assertThat(replayed.settlement().boots()).isGreaterThanOrEqualTo(expected.boots());
      assertThat(withoutBoots(replayed.settlement())).as("%s", plan).isEqualTo(withoutBoots(expected));
      fates.merge(Fate.of(replayed.settlement()), 1L, Long::sum);
    }
    assertThat(fates).isEqualTo(found.outcomes());
    for (Finding<RandomDevice.State> finding : found.findings()) {
      assertThat(replay.check(finding.plan()).violations())
          .as("%s %s", finding.why(), finding.plan())
          .contains(new Violation(finding.property(), finding.why()));
    }
  }

  private static <S> Settlement<S> withoutBoots(Settlement<S> end) {
    return new Settlement<>(end.kind(), end.why(), end.assumed(), end.healedByPowerCycle(), 0, end.undisturbed(),
        end.state(), end.observation(), end.loop(), end.next());
  }

  @Property(tries = 25, seed = "3810521003")
  void threadsChangeNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int steps, @ForAll boolean struck) {
    RandomDevice device = new RandomDevice(seed, 2, steps, struck);
    ExplorationBounds bounds = ExplorationBounds.DEFAULT.reconciling(5);
    Exploration<RandomDevice.State> one = explore(device, bounds);
    for (int threads : new int[] {2, 4, 8}) {
      Exploration<RandomDevice.State> many = explore(device, bounds.withThreads(threads));
      assertThat(many.counts()).isEqualTo(one.counts());
      assertThat(many.findings()).isEqualTo(one.findings());
      assertThat(many.crashMap()).isEqualTo(one.crashMap());
      assertThat(many.statesByFaults()).isEqualTo(one.statesByFaults());
    }
  }

  @Property(tries = 60, seed = "2673131736")
  void shrunkPlansStillViolateForTheSameReasonAndAreNoLonger(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int steps) {
    RandomDevice device = new RandomDevice(seed, 2, steps, true);
    Exploration<RandomDevice.State> found = explore(device, ExplorationBounds.DEFAULT);
    Replay<RandomDevice.State> replay = new Replay<>(device, ExplorerProperties::judge);
    Shrinker<RandomDevice.State> shrinker = new Shrinker<>(replay);
    int most = Math.min(20, found.nodes().size());
    for (int node = 0; node < most; node++) {
      FaultPlan plan = found.nodes().plan(node);
      for (Violation violation : replay.check(plan).violations()) {
        FaultPlan small = shrinker.shrink(plan, violation.property(), violation.why());
        assertThat(replay.check(small).violations()).contains(violation);
        assertThat(small.size()).isLessThanOrEqualTo(plan.size());
        assertThat(shrinker.shrink(small, violation.property(), violation.why())).isEqualTo(small);
        assertThat(small.size()).isGreaterThanOrEqualTo(found.shortest(violation.property()).plan().size());
      }
    }
  }

  @Property(tries = 60, seed = "3403256431")
  void aPlanIsNotShrunkForAReasonThatItDoesNotShow(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int steps) {
    RandomDevice device = new RandomDevice(seed, 2, steps, true);
    Exploration<RandomDevice.State> found = explore(device, ExplorationBounds.DEFAULT);
    Shrinker<RandomDevice.State> shrinker = new Shrinker<>(new Replay<>(device, ExplorerProperties::judge));
    for (var finding : found.findings()) {
      assertThatThrownBy(() -> shrinker.shrink(finding.plan(), finding.property(), "no such reason"))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no such reason");
    }
  }

  @Property(tries = 100, seed = "4255214920")
  void aBudgetEndsTheSearchWithoutCallingItAFixpoint(@ForAll long seed, @ForAll @IntRange(min = 0, max = 8) int units) {
    RandomDevice device = new RandomDevice(seed, 2, 4, false);
    Exploration<RandomDevice.State> whole = explore(device, ExplorationBounds.DEFAULT);
    Exploration<RandomDevice.State> part = explore(device, ExplorationBounds.DEFAULT.withWorkUnits(units));
    boolean enough = whole.counts().workUnits() <= units;
    assertThat(part.complete()).isEqualTo(enough);
    assertThat(part.counts().workUnits()).isEqualTo(Math.min(units, whole.counts().workUnits()));
    assertThat(part.notLookedAt().isEmpty()).isEqualTo(enough);
  }
}
