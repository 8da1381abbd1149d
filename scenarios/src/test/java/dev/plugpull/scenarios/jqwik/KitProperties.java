package dev.plugpull.scenarios.jqwik;

import static dev.plugpull.scenarios.assertj.PlugpullAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.Trial;
import dev.plugpull.scenarios.trial.TwoSlots;
import dev.plugpull.scenarios.ubuntucore.UbuntuCoreFamily;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import dev.plugpull.sim.bootloader.grub.GrubFinding;
import dev.plugpull.sim.bootloader.grub.GrubLint;
import dev.plugpull.sim.bootloader.grub.GrubScript;
import dev.plugpull.sim.bootloader.uboot.HushRules;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootFinding;
import dev.plugpull.sim.bootloader.uboot.UbootLint;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;

class KitProperties {

  @Provide
  Arbitrary<Profile> profiles() {
    return Devices.profiles(new TwoSlots(), Set.of(TwoSlots.CARELESS));
  }

  @Provide
  Arbitrary<Attempt<?>> histories() {
    return Histories.of(Devices.trials(Devices.profiles(new TwoSlots())), 4);
  }

  @Provide
  Arbitrary<Attempt<?>> anyHistories() {
    return Histories.of(Devices.trials(profiles()), 4);
  }

  @Property(tries = 200, seed = "11")
  void profilesAreThoseThatTheFamilyAllows(@ForAll("profiles") Profile profile) {
    assertThat(new TwoSlots().settings().getFirst().allowed()).contains(profile.setting("blocks"));
    Statistics.label("variant").collect(profile.has(TwoSlots.CARELESS));
    Statistics.label("variant").coverage(counts -> counts.check(true).percentage(share -> share > 10));
  }

  /** What the generator promises, and what shrinking must not lose: the plan can be followed, step by step. */
  @Property(tries = 500, seed = "12")
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void everyHistoryCanBeFollowed(@ForAll("anyHistories") Attempt<?> history) {
    Replayed<?> run = history.run();
    assertThat(run.missing()).isEmpty();
    assertThat(run.followed()).isTrue();
    assertThat(run.plan().steps()).as("the same plan, told anew").isEqualTo(history.plan().steps());
    Histories.count(history);
    Statistics.label("faults").coverage(counts -> counts.check(3).percentage(share -> share > 5));
    Statistics.label("loss").coverage(counts -> counts.check(FaultPlan.Rule.NAMED).count(count -> count > 20));
    Statistics.label("kind").coverage(counts -> counts.check("PowerCycle").count(count -> count > 0));
    Statistics.label("ends").coverage(counts -> {
      counts.check(Outcome.NEW).count(count -> count > 20);
      counts.check(Settlement.Kind.STUCK).count(count -> count > 0);
    });
  }

  @Property(tries = 300, seed = "13")
  void aCarefulDeviceKeepsTheContractInAnyHistory(@ForAll("histories") Attempt<?> history) {
    assertThat(history).keepsTheContract().endsExactlyOldOrNew();
  }

  @Provide
  Arbitrary<ActionChain<RunningDevice<?>>> chains() {
    return chain(Trial.of(TwoSlots.good(), TwoSlots.UPDATE));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Arbitrary<ActionChain<RunningDevice<?>>> chain(Trial<?> trial) {
    return (Arbitrary) DeviceChain.of((Trial) trial).withMaxTransformations(12);
  }

  @Property(tries = 200, seed = "14")
  void wheneverAChainStopsTheDeviceStillEndsOldOrNew(@ForAll("chains") ActionChain<RunningDevice<?>> chain) {
    chain.withInvariant("old or new", device -> assertThat(device.attempt()).endsExactlyOldOrNew()).run();
    Statistics.label("length").collect(chain.transformations().size() > 8);
    Statistics.label("length").coverage(counts -> counts.check(true).percentage(share -> share > 10));
  }

  @Provide
  Arbitrary<CoreScenario> refreshes() {
    return Published.refreshes();
  }

  @Property(tries = 300, seed = "15")
  void whatIsPublishedSaysHowEachPartBehaves(@ForAll("refreshes") CoreScenario published) {
    assertThat(published.target().keySet()).isEqualTo(published.refreshed());
    Statistics.label("good").collect(published.good());
    Statistics.label("good").coverage(counts -> {
      counts.check(true).percentage(share -> share > 5);
      counts.check(false).percentage(share -> share > 20);
    });
  }

  @Provide
  Arbitrary<Interruption> environmentEvents() {
    return Published.environmentEvents();
  }

  @Property(tries = 200, seed = "18")
  void everythingButAPowerCutMayStrike(@ForAll("environmentEvents") Interruption event) {
    assertThat(event).isNotEqualTo(Interruption.NONE);
    Statistics.label("event").collect(event);
    Statistics.label("event").coverage(counts -> EnumSet.complementOf(EnumSet.of(Interruption.NONE))
        .forEach(each -> counts.check(each).percentage(share -> share > 10)));
  }

  @Provide
  Arbitrary<Trial<?>> struck() {
    Profile profile = Profile.of(new UbuntuCoreFamily(), "a device", Map.of("platform", "reference"), Set.of());
    return Published.trials(profile, Combinators.combine(Published.refreshes(), Published.environmentEvents())
        .as((published, event) -> published.struckBy(event)));
  }

  /** Each event, at any point of the first boot, alone and before a cut that takes everything pending. */
  @Property(tries = 100, seed = "19")
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void whatMayStrikeDoes(@ForAll("struck") Trial<?> trial, @ForAll @IntRange(max = 60) int where, @ForAll boolean cut) {
    Attempt<?> history = struck(trial, where, cut);
    Replayed<?> run = history.run();
    assertThat(run.missing()).isEmpty();
    assertThat(run.followed()).isTrue();
    assertThat(run.plan().steps()).isEqualTo(history.plan().steps());
    Histories.count(history);
    Statistics.label("event").collect(((FaultPlan.Strike) history.plan().steps().getFirst()).by());
    Statistics.label("event").coverage(counts -> EnumSet.complementOf(EnumSet.of(Interruption.NONE))
        .forEach(each -> counts.check(each).count(count -> count > 5)));
    Statistics.label("kind").coverage(counts -> counts.check("Cut").count(count -> count > 20));
    Statistics.label("ends").coverage(counts -> {
      counts.check(Outcome.NEW).count(count -> count > 5);
      counts.check(Outcome.OLD).count(count -> count > 20);
    });
  }

  private static <S> Attempt<S> struck(Trial<S> trial, int where, boolean cut) {
    RunningDevice<S> device = new RunningDevice<>(trial);
    assertThat(device.interruptions()).hasSize(1);
    device.strike(where, device.interruptions().getFirst());
    if (cut && !device.isStuck()) {
      device.cut(where, List.of(new LossChoice(LossChoice.Kind.ALL_LOST, 0)));
    }
    return device.attempt();
  }

  @Test
  void snapsArePublishedForUbuntuCoreOnly() {
    assertThatThrownBy(() -> Published.trials(TwoSlots.good(), Published.refreshes()))
        .hasMessage("cannot publish snaps for two slots: it is of family two-slots");
  }

  @Provide
  Arbitrary<String> ubootScripts() {
    return BootScripts.uboot();
  }

  @Provide
  Arbitrary<String> grubScripts() {
    return BootScripts.grub();
  }

  @Property(tries = 300, seed = "16")
  void ubootCanParseEveryScript(@ForAll("ubootScripts") String script) {
    for (HushRules rules : new HushRules[] {HushRules.OLD, HushRules.OLD_2023_01, HushRules.MODERN}) {
      assertThat(UbootLint.check(UbootBoard.standard().withShell(rules), "boot.scr", script, Set.of()))
          .as(script).extracting(UbootFinding::kind).doesNotContain(UbootFinding.Kind.SYNTAX);
    }
    Statistics.label("nested").collect(script.contains("\n  "));
    Statistics.label("nested").coverage(counts -> counts.check(true).percentage(share -> share > 20));
  }

  @Property(tries = 300, seed = "17")
  void grubCanParseEveryScript(@ForAll("grubScripts") String script) {
    GrubConfig config = GrubConfig.stock("/boot/grub");
    assertThat(GrubLint.check(GrubScript.parse("grub.cfg", script), config, Set.of(), _ -> true))
        .as(script).extracting(GrubFinding::kind).doesNotContain(GrubFinding.Kind.SYNTAX_ERROR);
  }
}
