package dev.plugpull.sim.ubuntucore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.DeviceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoreDeviceTest {
  private final List<String> points = new ArrayList<>();

  static CoreBoard board(Series series) {
    CoreBoard.Partition seed = new CoreBoard.Partition("ubuntu-seed", "vfat", 1200L << 20, 1, new TreeMap<>());
    CoreBoard.Partition boot = new CoreBoard.Partition("ubuntu-boot", "ext4", 750L << 20, 2, new TreeMap<>());
    return new CoreBoard(series, "pc-kernel", CoreBoard.LoaderKind.GRUB, seed, boot, 2L << 30, new PerfectGrub(), 1024,
        new TreeMap<>(), false, DeviceProfile.DISK_512N, false);
  }

  private Observation undisturbed(CoreDevice device) {
    CoreState state = device.start();
    for (int boot = 0; boot < 20; boot++) {
      BootEnd<CoreState> end = device.boot(state, new Points());
      points.add(end.getClass().getSimpleName());
      switch (end) {
        case BootEnd.Restart<CoreState> restart -> {
          points.add(restart.why());
          state = restart.next();
        }
        case BootEnd.Settled<CoreState> settled -> {
          return device.observe(settled.state());
        }
        case BootEnd.Stuck<CoreState> stuck -> throw new AssertionError(stuck.why());
      }
    }
    throw new AssertionError("does not settle: " + points);
  }

  private final class Points implements BootListener<CoreState> {
    @Override
    public Interruption crashPoint(
        String point, String what, List<? extends LiveVolume> volumes, Surviving<CoreState> rest) {
      points.add(point);
      return Interruption.NONE;
    }

    @Override
    public void step(String actor, String what, String where) {
      points.add(actor + ": " + what);
    }

    @Override
    public void violation(String property, String why) {
      throw new AssertionError(property + ": " + why);
    }
  }

  @Test
  void aGoodKernelRefreshWithoutFaultsEndsNew() {
    for (Series series : List.of(Series.UC20, Series.UC22, Series.UC24)) {
      points.clear();
      Observation end = undisturbed(
          board(series).device(CoreScenario.refresh("kernel refresh", Part.KERNEL), Platform.SNAPD, false));
      assertThat(end.outcome()).as("%s %s %s", series, end, points).isEqualTo(Outcome.NEW);
      assertThat(end.change()).isEqualTo("done");
      assertThat(points).contains("K13", "K17", "K18", "K21", "M1", "M2", "M3", "M4", "K26.blob");
    }
  }

  @Test
  void aBadKernelGoesBackAndSaysSo() {
    for (Behaviour behaviour : List.of(Behaviour.PANICS, Behaviour.UNLOADABLE, Behaviour.UNHEALTHY)) {
      points.clear();
      Observation end = undisturbed(board(Series.UC22)
          .device(CoreScenario.refresh("k", Part.KERNEL).behaving(Part.KERNEL, behaviour), Platform.SNAPD, false));
      assertThat(end.outcome()).as("%s %s %s", behaviour, end, points).isEqualTo(Outcome.OLD);
      assertThat(end.change()).isEqualTo("failed");
      assertThat(end.why()).contains("rollback across reboot");
    }
  }

  @Test
  void aGoodBaseRefreshAndAJointOneEndNew() {
    for (Part[] parts : List.of(new Part[] {Part.BASE}, new Part[] {Part.BASE, Part.KERNEL})) {
      points.clear();
      Observation end =
          undisturbed(board(Series.UC22).device(CoreScenario.refresh("b", parts), Platform.SNAPD, false));
      assertThat(end.outcome()).as("%s %s", end, points).isEqualTo(Outcome.NEW);
      assertThat(end.change()).isEqualTo("done");
    }
  }

  @Test
  void snapdRestartsIntoItsNewRevisionOrIsPutBackByTheFailureHandler() {
    CoreScenario scenario = CoreScenario.refresh("snapd refresh", Part.SNAPD);
    Observation end = undisturbed(board(Series.UC22).device(scenario, Platform.SNAPD, false));
    assertThat(end.running()).as("%s", points).containsEntry("snapd", "4").containsEntry("neighbour", "3");
    assertThat(points).containsSubsequence("K1", "K5", "L1", "S3", "L3", "L4", "P17.done-link-snap", "S6", "P17.ready")
        .doesNotContain("S8");
    points.clear();
    end = undisturbed(board(Series.UC22)
        .device(scenario.behaving(Part.SNAPD, Behaviour.PANICS), Platform.SNAPD, false));
    assertThat(end.running()).as("%s", points).containsEntry("snapd", "3");
    assertThat(end.why()).contains("snapd rollback across the restart");
    assertThat(points).containsSubsequence("S3", "P17.done-link-snap", "S8", "U3.units", "U44", "U3", "P17.ready");
  }

  @Test
  void fourEssentialSnapsGoTogetherSnapdFirstAndTheOthersWithOneReboot() {
    Observation end = undisturbed(board(Series.UC22).device(
        CoreScenario.refresh("all", Part.KERNEL, Part.GADGET, Part.BASE, Part.SNAPD), Platform.SNAPD, false));
    assertThat(end.outcome()).as("%s", points).isEqualTo(Outcome.NEW);
    assertThat(end.reported()).containsEntry("snapd", "4").containsEntry("gadget", "4").containsEntry("kernel", "4");
    assertThat(points).containsSubsequence("S3", "S6", "B2", "G13", "K13", "K18", "snapd asks for a reboot", "M4");
    assertThat(points.stream().filter("snapd asks for a reboot"::equals)).hasSize(1);
  }

  @Test
  void anAppGoesThroughItsRowsAndBackWhenItsConfigureHookFails() {
    CoreScenario scenario = CoreScenario.refresh("app refresh", Part.APP);
    Observation end = undisturbed(board(Series.UC22).device(scenario, Platform.SNAPD, false));
    assertThat(end.running()).as("%s", points).containsEntry("app", "4");
    assertThat(end.data()).containsEntry("device-app 2", "kept").containsEntry("device-app 4", "kept")
        .doesNotContainKey("device-app 1");
    assertThat(end.foreignChange()).isFalse();
    assertThat(points).containsSubsequence(
        "A2", "A3.service", "K8", "K11", "L1", "L2.service", "L3", "L4", "A5.alias", "A6", "A6.data", "K26.blob");
    points.clear();
    end = undisturbed(board(Series.UC22)
        .device(scenario.with(Circumstance.CONFIGURE_FAILS), Platform.SNAPD, false));
    assertThat(end.running()).as("%s", points).containsEntry("app", "3");
    assertThat(end.data()).as("old revisions were discarded before the hook failed")
        .containsEntry("device-app 2", "kept").doesNotContainKey("device-app 4");
  }

  /** The first crash point of the first boot with a mounted disk. */
  @Test
  void whatSomebodyElseFillsTheDiskWithIsNotTheUpdatesSpace() {
    CoreDevice device = board(Series.UC22)
        .device(
            CoreScenario.refresh("k", Part.KERNEL).struckBy(Interruption.DISK_FULL), Platform.SNAPD, false);
    BootEnd<CoreState> end = device.boot(device.start(), new FillsAtOnce());
    assertThat(points.getFirst()).isEqualTo("I5");
    assertThat(end).isInstanceOf(BootEnd.Settled.class);
    CoreState full = ((BootEnd.Settled<CoreState>) end).state();
    Observation seen = device.observe(full);
    assertThat(seen.usedBlocks()).isPositive().isLessThanOrEqualTo(seen.allowedBlocks());
    CoreState freed = device.eventsAtRest(full).getFirst().result();
    assertThat(device.boot(freed, new Points())).isInstanceOf(BootEnd.Restart.class);
  }

  /** Strikes at the first crash point of the second boot: the loader's own write, before anything is mounted. */
  @Test
  void aDiskCannotFillUpWhileOnlyTheBootLoaderRuns() {
    CoreDevice device = board(Series.UC22)
        .device(
            CoreScenario.refresh("k", Part.KERNEL).struckBy(Interruption.DISK_FULL), Platform.SNAPD, false);
    BootEnd<CoreState> first = device.boot(device.start(), new Points());
    assertThat(first).isInstanceOf(BootEnd.Restart.class);
    points.clear();
    BootEnd<CoreState> second = device.boot(((BootEnd.Restart<CoreState>) first).next(), new FillsAtOnce());
    assertThat(points.getFirst()).isEqualTo("K21");
    assertThat(second).isInstanceOf(BootEnd.Settled.class);
    assertThat(device.observe(((BootEnd.Settled<CoreState>) second).state()).outcome()).isEqualTo(Outcome.NEW);
  }

  private final class FillsAtOnce implements BootListener<CoreState> {
    private boolean struck;

    @Override
    public Interruption crashPoint(
        String point, String what, List<? extends LiveVolume> volumes, Surviving<CoreState> rest) {
      points.add(point);
      Interruption strike = struck ? Interruption.NONE : Interruption.DISK_FULL;
      struck = true;
      return strike;
    }

    @Override
    public void violation(String property, String why) {
      throw new AssertionError(property + ": " + why);
    }
  }
}
