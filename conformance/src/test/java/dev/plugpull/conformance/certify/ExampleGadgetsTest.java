package dev.plugpull.conformance.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetValidator;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The example gadgets: what their folder promises is what is found. The faults of the broken ones show without any
 * power cut; power cuts are for the hazards.
 */
class ExampleGadgetsTest {
  /** Name, property that fails, scenario that shows it, words of the reason. */
  private static final String[][] BROKEN = {
    {"grub-18-flip-not-saved", "NOBRICK", "kernel refresh, new kernel panics", "reboots for ever"},
    {"grub-18-misspelt-variable", "NOBRICK", "kernel refresh, new kernel panics", "reboots for ever"},
    {"grub-18-never-flips", "NOBRICK", "kernel refresh, new kernel panics", "reboots for ever"},
    {"grub-18-no-fallback", "NOBRICK", "kernel refresh, new kernel cannot be loaded", "menu without timeout"},
    {"grub-18-no-panic", "NOBRICK", "kernel refresh, new kernel panics", "no panic="},
    {"grub-18-saves-before-setting", "NOBRICK", "base refresh, new base panics", "reboots for ever"},
    {"grub-18-saves-the-try-snaps", "NOBRICK", "base refresh, new base panics", "reboots for ever"},
    {"grub-18-tries-for-ever", "NOBRICK", "kernel refresh, new kernel boots unhealthy", "reboots for ever"},
    {"grub-18-unquoted-variable", "PROGRESS", "kernel refresh", "ends old"},
    {"lk-20-one-image", "PROGRESS", "kernel refresh", "cannot find free boot image partition"},
    {"piboot-22-includes-prefix", "PROGRESS", "kernel refresh", "ends old"},
    {"piboot-22-no-panic", "NOBRICK", "kernel refresh, new kernel panics", "no panic="},
    {"piboot-22-other-model", "NOBRICK", "kernel refresh", "cannot load /kernel.img"},
    {"uboot-env-18-flip-not-saved", "NOBRICK", "kernel refresh, new kernel panics", "reboots for ever"},
    {"uboot-variables-18-no-reset", "NOBRICK", "kernel refresh, new kernel cannot be loaded", "prompt"},
    {"uboot-ext4-22-flip-not-saved", "NOBRICK", "kernel refresh", "kernel_status is try"},
    {"uboot-ext4-22-no-reset", "NOBRICK", "kernel refresh, new kernel cannot be loaded", "prompt"},
    {"uboot-ext4-22-wrong-partition", "NOBRICK", "kernel refresh", "the script resets"},
    {"uboot-file-22-cleared-not-saved", "ATOM", "kernel refresh, new kernel panics", "modules of revision"},
    {"uboot-file-22-flip-not-saved", "NOBRICK", "kernel refresh", "kernel_status is try"},
    {"uboot-file-22-loses-snap-kernel", "NOBRICK", "kernel refresh, new kernel panics", "the script resets"},
    {"uboot-file-22-misspelt-variable", "PROGRESS", "kernel refresh", "ends old"},
    {"uboot-file-22-never-flips", "NOBRICK", "kernel refresh", "kernel_status is try"},
    {"uboot-file-22-no-reset", "NOBRICK", "kernel refresh, new kernel cannot be loaded", "prompt"},
    {"uboot-file-22-saves-as-text", "NOBRICK", "kernel refresh", "the script resets"},
    {"uboot-file-22-saves-before-setting", "NOBRICK", "kernel refresh", "kernel_status is try"},
    {"uboot-file-22-saves-wrong-file", "NOBRICK", "kernel refresh", "kernel_status is try"},
    {"uboot-file-22-tries-for-ever", "NOBRICK", "kernel refresh, new kernel panics", "reboots for ever"},
    {"uboot-file-22-trying-not-cleared", "ATOM", "kernel refresh, new kernel panics", "modules of revision"},
    {"uboot-raw-22-clears-snap-kernel", "NOBRICK", "kernel refresh, new kernel panics", "the script resets"},
    {"uboot-raw-22-flip-not-saved", "NOBRICK", "kernel refresh", "kernel_status is try"},
    {"uboot-raw-22-no-reset", "NOBRICK", "kernel refresh, new kernel cannot be loaded", "prompt"},
    {"uboot-raw-22-saves-before-setting", "NOBRICK", "kernel refresh", "kernel_status is try"},
  };

  static String[][] broken() {
    return BROKEN;
  }

  @Test
  void everyBrokenExampleHasItsExpectation() throws IOException {
    List<String> expected = new ArrayList<>(List.of("grub-managed-22-overlapping"));
    // Broken as the successor of an older edition only: GadgetRefreshTest.
    expected.addAll(List.of("uboot-file-22-refresh-drops-script", "uboot-file-22-refresh-unmounted"));
    for (String[] row : BROKEN) {
      expected.add(row[0]);
    }
    assertThat(Bench.names("broken")).containsExactlyInAnyOrderElementsOf(expected);
    for (String name : expected) {
      assertThat(Files.readString(Bench.broken(name).resolve("gadget.yaml"))).contains("# Broken: ");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("broken")
  void aBrokenExampleFailsByItsOwnFault(String name, String property, String scenario, String words) {
    GadgetBoard board = Bench.board(Bench.broken(name));
    List<Bench.Undisturbed> shown = Bench.undisturbed(board, Bench.scenario(scenario)).stream()
        .map(violation -> new Bench.Undisturbed(Bench.scenario(scenario), violation)).toList();
    assertThat(shown).anySatisfy(what -> {
      assertThat(what.violation().property()).isEqualTo(property);
      assertThat(what.violation().why()).contains(words);
      Blame.Attribution blame = Bench.blame(board, what);
      assertThat(blame.complete()).isTrue();
      assertThat(blame.party()).isEqualTo(Party.GADGET);
      assertThat(blame.cureWords()).containsExactly("the reference script");
    });
    assertThat(shown).allSatisfy(what -> assertCounts(board, what));
  }

  /** What happens without any fault is nobody's hazard of power cuts, whoever is to blame for it. */
  private static void assertCounts(GadgetBoard board, Bench.Undisturbed what) {
    Subject subject = new CoreSubject(board);
    Finding<?> finding = new Finding<>(
        what.violation().property(), what.violation().why(), 1, 0, FaultPlan.NOTHING, null);
    assertThat(subject.explaining(finding)).as("%s", what).isEmpty();
    for (Party party : List.of(Party.GADGET, Party.SHARED, Party.PROTOCOL)) {
      assertThat(subject.counts(party, false)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"grub-managed-22-overlapping, V11"})
  void aLayoutThatSnapdRefusesIsRefused(String name, String rule) {
    try (GadgetPackage gadget = GadgetPackage.open(Bench.broken(name), "")) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.infer(yaml.info(), gadget.metadata().base(), false);
      assertThat(GadgetFindings.ofYaml(gadget.files().origin(), GadgetValidator.validate(yaml, target)))
          .anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.severity()).isEqualTo(dev.plugpull.reports.Finding.Severity.ERROR);
            assertThat(finding.line()).isPositive();
            assertThat(finding.remedy()).isNotBlank();
          });
    }
  }

  static List<String> good() throws IOException {
    return Bench.names("good");
  }

  @ParameterizedTest
  @MethodSource("good")
  void aGoodExampleKeepsEveryPromiseWhileNothingStrikes(String name) {
    assertThat(Bench.undisturbed(Bench.board(Bench.good(name)))).isEmpty();
  }

  /** What blame exchanges parties for must itself be beyond blame, or no exchange could ever cure anything. */
  @ParameterizedTest
  @MethodSource("good")
  void everyTwinOfAGoodExampleKeepsEveryPromiseWhileNothingStrikes(String name) {
    Subject subject = new CoreSubject(Bench.board(Bench.good(name)));
    for (Set<Blame.Exchange> exchange : List.of(Set.of(Blame.Exchange.GADGET), Set.of(Blame.Exchange.PLATFORM),
        Set.of(Blame.Exchange.MEDIUM), Set.of(Blame.Exchange.PLATFORM, Blame.Exchange.MEDIUM))) {
      for (String scenario : subject.scenarios()) {
        assertThat(undisturbed(subject.device(scenario, exchange))).as("%s, %s", exchange, scenario).isEmpty();
      }
    }
  }

  private static <S> List<Violation> undisturbed(UpdatingDevice<S> device) {
    return new Replay<>(device, Judgement::of).check(FaultPlan.NOTHING).violations();
  }
}
