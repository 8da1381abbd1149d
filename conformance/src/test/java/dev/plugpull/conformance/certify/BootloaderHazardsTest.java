package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hazards of piboot and lk, reached by exploration from a clean device. */
class BootloaderHazardsTest {
  /** Enough for every history with one cut, which comes first. */
  private static final long UNITS = 640;

  private static List<Finding<CoreState>> findings(GadgetBoard board, String words) {
    return Bench.explore(board.board(), Bench.scenario("kernel refresh"), Platform.SNAPD, false, UNITS)
        .result().findings().stream().filter(f -> f.why().contains(words)).toList();
  }

  private static KnownHazard hazard(GadgetBoard board, Finding<CoreState> finding) {
    return KnownHazard.explaining(new KnownHazard.Witness(finding.property(), finding.why(), finding.plan(),
        board.loaderTitle(), board.board().series().number())).orElse(null);
  }

  /** H11: the variables name the new kernel, config.txt the old one, and everybody believes the update is done. */
  @Test
  @Tag("H11")
  void onPibootOneCutLeavesTheOldKernelWithTheNewModules() {
    GadgetBoard board = Bench.board(Bench.good("piboot-22"));
    List<Finding<CoreState>> found = findings(board, "kernel 3 runs with the modules of revision 4");
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().plan().steps()).hasSize(1);
    assertThat(hazard(board, found.getFirst())).isEqualTo(KnownHazard.H11);
  }

  /** The request is in a register: the planned reboot keeps it, a start from cold has forgotten it. */
  @Test
  void onPibootAPowerCutInPlaceOfTheRebootForgetsTheTryAndElsewhereItIsKept() {
    String recorded = "P17\\.done-link-snap";
    GadgetBoard pi = Bench.board(Bench.good("piboot-22"));
    Explored<CoreState> cold = Bench.exploreAt(pi, "kernel refresh", recorded);
    assertThat(cold.result().complete()).isTrue();
    assertThat(cold.distinct()).isEmpty();
    assertThat(cold.rolledBack().keySet()).anyMatch(why -> why.contains("rollback across reboot"));
    assertThat(Bench.exploreAt(pi, "kernel refresh", "nowhere").result().outcomes()).containsOnlyKeys(Fate.NEW);
    Explored<CoreState> uboot = Bench.exploreAt(Bench.board(Bench.good("uboot-raw-22")), "kernel refresh", recorded);
    assertThat(uboot.result().outcomes()).containsOnlyKeys(Fate.NEW);
  }

  /** One cut always leaves a copy: the loader takes the backup while the primary is torn, and the reverse. */
  @Test
  void onLkOneCutWhileACopyIsWrittenLeavesTheOther() {
    GadgetBoard board = Bench.board(Bench.good("lk-20"));
    List<Finding<CoreState>> torn = Bench.exploreAt(board, "kernel refresh", "K18.*|K21|M1'.*").result().findings()
        .stream().filter(f -> f.why().contains("no boot selection with a good checksum")).toList();
    assertThat(torn).isNotEmpty().allSatisfy(finding -> {
      assertThat(finding.plan().steps()).hasSizeGreaterThan(1);
      assertThat(hazard(board, finding)).isEqualTo(KnownHazard.P7);
    });
  }

  /** The boot image is lost, the selection that names it is not: lk starts the image that lay there before. */
  @Test
  void onLkOneCutLeavesAnOlderKernelThatIsTakenForTheNewOne() {
    GadgetBoard board = Bench.board(Bench.good("lk-20"));
    List<Finding<CoreState>> found = findings(board, "kernel 2 runs with the modules of revision 4");
    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().plan().steps()).hasSize(1);
    assertThat(hazard(board, found.getFirst())).isEqualTo(KnownHazard.K7);
  }
}
