package dev.plugpull.scenarios.ostree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.ostree.OstreeState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The family explored from a clean device: what holds, and which step's absence breaks it. */
class OstreeFamilyTest {
  private final OstreeFamily family = new OstreeFamily();

  private Profile profile(String settings, String... variants) {
    Map<String, String> said = new TreeMap<>();
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(" ")) {
      said.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    return Profile.of(family, "test", said, Set.of(variants));
  }

  private Exploration<OstreeState> explore(Profile profile, String scenario) {
    Exploration<OstreeState> found = new Explorer<>(
        family.device(profile, scenario), Judgement::<OstreeState>of, ExplorationBounds.DEFAULT).explore();
    assertThat(found.counts().fixpoint()).isTrue();
    return found;
  }

  private static List<String> violated(Exploration<OstreeState> found) {
    return found.findings().stream().map(Finding::property).distinct().toList();
  }

  /** The link kept beside the swap is a proposal; without it see the two windows below. */
  @ParameterizedTest
  @ValueSource(strings = {
      "", "backend=grub2", "backend=uboot", "backend=syslinux updates=direct", "root=xfs", "root=btrfs composefs=yes",
      "history=updated-before", "root=btrfs boot=folder", "root=ext4-writeback"})
  void an_upgrade_ends_old_or_new_wherever_power_fails(String settings) {
    Exploration<OstreeState> found = explore(profile(settings, "old-link-kept"), "upgrade");

    assertThat(violated(found)).isEmpty();
    assertThat(found.counts().durableStates()).isGreaterThan(10);
  }

  /** Neither reads /boot, so no journal hides anything from them, and no link needs to be kept. */
  @ParameterizedTest
  @ValueSource(strings = {"backend=aboot", "backend=aboot boot=folder updates=direct"})
  void a_record_of_two_slots_ends_old_or_new_wherever_power_fails(String settings) {
    Exploration<OstreeState> found = explore(profile(settings), "upgrade");

    assertThat(violated(found)).isEmpty();
    assertThat(violated(explore(profile(settings, "slot-link-not-synced"), "upgrade"))).contains("NOBRICK");
    assertThat(violated(explore(profile(settings, "record-left"), "upgrade"))).contains("PROGRESS");
  }

  /** zipl syncs the disk once, after it wrote both: a cut that keeps the record and loses the map is for good. */
  @ParameterizedTest
  @ValueSource(strings = {"backend=zipl", "backend=zipl boot=folder updates=direct"})
  void a_boot_record_may_reach_the_disk_before_its_map(String settings) {
    Exploration<OstreeState> found = explore(profile(settings), "upgrade");

    assertThat(violated(found)).containsExactly("NOBRICK");
    assertThat(found.shortest("NOBRICK").plan().steps()).hasSize(1);
    assertThat(found.shortest("NOBRICK").why()).contains("leads to no map of blocks").endsWith("for good");
    assertThat(violated(explore(profile(settings, "map-synced-first"), "upgrade"))).isEmpty();
    assertThat(violated(explore(profile(settings, "map-synced-first", "record-left"), "upgrade")))
        .contains("PROGRESS");
  }

  /** What libostree itself does next with a list that no record follows: a cut between the two is survived. */
  @ParameterizedTest
  @ValueSource(strings = {"backend=zipl", "backend=aboot"})
  void a_cut_between_swap_and_record_leaves_the_old_system_and_the_next_update_works(String backend) {
    Exploration<OstreeState> found = explore(profile(backend, "map-synced-first"), "upgrade");
    TreeSet<String> ended = new TreeSet<>();
    for (int node = 0; node < found.nodes().size(); node++) {
      var seen = found.nodes().settlement(node).observation();
      ended.add(seen.running().get("os") + " " + seen.change() + " " + seen.why());
    }

    assertThat(ended).anyMatch(end -> end.startsWith("3 done"))
        .contains("2 failed the new deployment is the default, and another one boots");
    assertThat(violated(found)).isEmpty();
  }

  @Tag("nightly")
  @Test
  void every_scenario_without_greenboot_holds_with_the_link_kept() {
    Profile profile = profile("root=btrfs composefs=yes history=updated-before", "old-link-kept");

    for (String scenario : family.scenarios(profile)) {
      assertThat(violated(explore(profile, scenario))).as(scenario).isEmpty();
    }
  }

  /** Both windows that were measured on a real machine, from a clean device. */
  @Test
  void libostree_2022_7_on_one_file_system_has_an_outage_of_one_boot_and_a_prompt_for_good() {
    Exploration<OstreeState> found =
        explore(profile("boot=folder backend=syslinux updates=direct", "fsync-after-swap"), "upgrade");

    assertThat(violated(found)).containsExactly("NOBRICK");
    assertThat(found.findings()).anyMatch(f -> f.why().contains("cannot find OSTree root")
        && f.why().endsWith("one power cycle heals it"));
    assertThat(found.findings()).anyMatch(f -> f.why().contains("syslinux.cfg not found")
        && f.why().endsWith("for good"));
  }

  @Test
  void the_freeze_after_the_rename_closes_the_outage_and_not_the_prompt() {
    Exploration<OstreeState> found = explore(profile("boot=folder backend=syslinux updates=direct"), "upgrade");

    assertThat(found.findings()).noneMatch(f -> f.why().contains("cannot find OSTree root"));
    assertThat(found.findings()).anyMatch(f -> f.why().contains("syslinux.cfg not found"));
    assertThat(found.shortest("NOBRICK").plan().steps()).hasSize(1);
  }

  /** Every checker has its broken twin: one step exchanged, and the property that it holds up falls. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "| upgrade | sync-without-freeze | NOBRICK",
      "composefs=yes | upgrade | syncfs-on-overlay | NOBRICK",
      "| upgrade | no-fsync | INTEG",
      "| upgrade | usr-writable | RO",
      "| upgrade | applications-rewritten | ISO",
      "| upgrade with a dead network mount | global-sync | CONV",
      "| upgrade on a slow disk | stop-timeout | CONV",
      "history=updated-before | upgrade with /boot almost full | no-early-prune | CONV",
      "history=updated-before | upgrade with /boot almost full | rough-estimate | PROGRESS",
      "| upgrade, a file of /etc vanishes during the merge | etc-merge-aborts | PROGRESS",
      "history=updated-before | upgrade, an immutable file in the oldest deployment | cleanup-stops | SPACE",
  })
  void a_departure_breaks_what_the_real_step_holds(
      String settings, String scenario, String departure, String property) {
    String said = settings == null ? "" : settings;

    assertThat(violated(explore(profile(said, "old-link-kept"), scenario))).isEmpty();
    assertThat(violated(explore(profile(said, "old-link-kept", departure), scenario))).contains(property);
  }

  /** The boot list holds three deployments, and any of them can be made the first. */
  @Test
  void a_rollback_reaches_the_oldest_deployment() {
    Exploration<OstreeState> found = explore(profile("history=updated-before boot-view=current", "old-link-kept"),
        "upgrade, then rollback to the oldest deployment");

    assertThat(violated(found)).isEmpty();
    TreeSet<String> ran = new TreeSet<>();
    for (int node = 0; node < found.nodes().size(); node++) {
      ran.add(found.nodes().settlement(node).observation().running().get("os"));
    }
    assertThat(ran).containsExactly("1", "3");
  }

  @Test
  void a_direct_deployment_loses_what_is_edited_before_the_reboot() {
    String scenario = "upgrade, user edits /etc before the reboot";

    assertThat(violated(explore(profile("updates=staged", "old-link-kept"), scenario))).isEmpty();
    assertThat(violated(explore(profile("updates=direct", "old-link-kept"), scenario))).contains("DATA");
  }

  @Test
  void greenboot_goes_back_from_a_kernel_that_cannot_be_loaded() {
    String settings = "greenboot=rust grubenv=atomic boot-view=current";
    String scenario = "upgrade, new kernel cannot be loaded";

    Exploration<OstreeState> armed = explore(profile(settings, "rollback-once"), scenario);
    assertThat(violated(armed)).isEmpty();
    assertThat(violated(explore(profile(settings, "rollback-once", "late-trigger"), scenario))).contains("NOBRICK");
  }

  @Test
  void what_contradicts_itself_is_refused() {
    assertThatThrownBy(() -> family.scenarios(profile("greenboot=shell updates=direct")))
        .hasMessageContaining("greenboot");
    assertThatThrownBy(() -> family.device(profile(""), "no such thing"))
        .hasMessageStartingWith("cannot try 'no such thing'");
    assertThat(family.assumptions(profile(""))).isNotEmpty();
    assertThat(Arrays.asList("upgrade")).allMatch(family.scenarios(profile(""))::contains);
  }
}
