package dev.plugpull.faultinjection.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.faultinjection.twin.TryCommitDevice;
import dev.plugpull.sim.device.UpdatingDevice;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class TryCommitTest {

  static <S> List<Violation> comesBack(Settlement<S> settlement) {
    return settlement.needsPerson() ? List.of(new Violation("NOBRICK", settlement.why())) : List.of();
  }

  static Exploration<TryCommitDevice.State> explore(int blocks, boolean flushed, ExplorationBounds bounds) {
    return new Explorer<>(new TryCommitDevice(blocks, flushed), TryCommitTest::comesBack, bounds).explore();
  }

  @Test
  void aCorrectProtocolSurvivesEveryCut() {
    Exploration<TryCommitDevice.State> end = explore(3, true, ExplorationBounds.DEFAULT);
    assertThat(end.complete()).isTrue();
    assertThat(end.findings()).isEmpty();
    assertThat(end.outcomes()).containsOnlyKeys(Fate.NEW);
  }

  @Test
  void anActiveSlotBeforeItsBlocksBricksAfterOneCut() {
    Exploration<TryCommitDevice.State> end = explore(3, false, ExplorationBounds.DEFAULT);
    assertThat(end.outcomes()).containsOnlyKeys(Fate.NEW, Fate.BRICK);
    Finding<TryCommitDevice.State> finding = end.shortest("NOBRICK");
    assertThat(finding.why()).isEqualTo("active system is incomplete");
    assertThat(finding.plan().size()).isEqualTo(1);
    // The environment reads "B" and at least one of three blocks is missing.
    assertThat(finding.nodes()).isEqualTo(7);
    assertThat(finding.plan().steps().getFirst().words()).startsWith("boot 1: power fails at switch; ");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    Exploration<TryCommitDevice.State> one = explore(8, false, ExplorationBounds.DEFAULT.reconciling(3));
    for (int threads : new int[] {2, 4, 8}) {
      Exploration<TryCommitDevice.State> many =
          explore(8, false, ExplorationBounds.DEFAULT.reconciling(3).withThreads(threads));
      assertThat(many.counts()).isEqualTo(one.counts());
      assertThat(many.findings()).isEqualTo(one.findings());
      assertThat(many.crashMap()).isEqualTo(one.crashMap());
      assertThat(many.outcomes()).isEqualTo(one.outcomes());
      for (int node = 0; node < one.nodes().size(); node++) {
        assertThat(many.nodes().state(node)).isEqualTo(one.nodes().state(node));
      }
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void aModelThatIsNotDeterministicIsNotBelieved() {
    TryCommitDevice good = new TryCommitDevice(2, true);
    TryCommitDevice other = new TryCommitDevice(2, false);
    int[] boots = new int[1];
    UpdatingDevice<TryCommitDevice.State> flaky = (UpdatingDevice<TryCommitDevice.State>) Proxy.newProxyInstance(
        getClass().getClassLoader(), new Class<?>[] {UpdatingDevice.class}, (proxy, method, arguments) ->
            method.invoke(method.getName().equals("boot") && boots[0]++ % 2 == 1 ? other : good, arguments));
    Exploration<TryCommitDevice.State> end =
        new Explorer<>(flaky, TryCommitTest::comesBack, ExplorationBounds.DEFAULT.reconciling(1)).explore();
    assertThat(end.complete()).isFalse();
    assertThat(end.notLookedAt()).anyMatch(why -> why.contains("two boots of one state differ at event "));
  }
}
