package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.plan.Shrinker;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.contract.Predictable;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PRED across an exploration: what one history cannot show, two can; on a broken platform and on its fixed twin. */
class PredictableTest {
  private static final String KERNEL = "kernel refresh";
  private static final String TREE = "K9(\\..*)?";

  private static Explored<CoreState> explored(Platform platform) {
    return Bench.exploreAt(Bench.board(Bench.good("grub-managed-22"), 24), KERNEL, TREE, platform);
  }

  @Test
  void aPlatformThatTakesPartOfATreeLeavesTwoDevicesOfOneVersionThatDiffer() {
    Explored<CoreState> broken = explored(Platform.SNAPD);
    List<Finding<CoreState>> found = new Contradictions<>(broken.result()).findings();
    assertThat(found).singleElement().satisfies(finding -> {
      assertThat(finding.property()).isEqualTo(Predictable.ID);
      assertThat(finding.nodes()).isPositive();
      assertThat(finding.plan().steps()).hasSize(1);
    });
    assertThat(new Contradictions<>(explored(Platform.REFERENCE).result()).findings()).isEmpty();
  }

  @Test
  void itsPlanShrinksAndRepeatsAgainstTheHistoryWithoutFaults() {
    Explored<CoreState> broken = explored(Platform.SNAPD);
    Finding<CoreState> finding = new Contradictions<>(broken.result()).findings().getFirst();
    Replay<CoreState> replay =
        new Replay<>(broken.device(), new Contradictions<>(broken.result()).judge());
    FaultPlan small = new Shrinker<>(replay).shrink(finding.plan(), Predictable.ID, finding.why());
    Replayed<CoreState> undisturbed = new Replay<>(broken.device(), Judgement::of).check(FaultPlan.NOTHING);
    Replay<CoreState> again = new Replay<>(broken.device(), Contradictions.against(undisturbed.settlement()));
    assertThat(again.check(small).violates(Predictable.ID, finding.why())).isTrue();
    assertThat(again.check(FaultPlan.NOTHING).violates(Predictable.ID)).isFalse();
  }

  @Test
  void recordsAndContentAgreeAcrossAllHistoriesOfGoodDevices() {
    for (String scenario : List.of(KERNEL, "base refresh", "kernel refresh, then revert")) {
      Explored<CoreState> all = Bench.exploreAt(
          Bench.board(Bench.good("grub-managed-22")), scenario, "(P17.done|K13|B2|B5|M4|U).*");
      assertThat(all.result().complete()).isTrue();
      assertThat(all.result().nodes().size()).isGreaterThan(100);
      assertThat(new Contradictions<>(all.result()).findings()).as(scenario).isEmpty();
    }
  }
}
