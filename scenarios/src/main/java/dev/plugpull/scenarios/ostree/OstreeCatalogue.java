package dev.plugpull.scenarios.ostree;

import static dev.plugpull.sim.ostree.OstreeScenario.upgrade;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.ostree.Behaviour;
import dev.plugpull.sim.ostree.Circumstance;
import dev.plugpull.sim.ostree.OstreeBoard;
import dev.plugpull.sim.ostree.OstreeScenario;
import java.util.ArrayList;
import java.util.List;

/** Every scenario of the family, one line each. Power may fail anywhere in all of them. */
final class OstreeCatalogue {
  private static final List<OstreeScenario> ANY = List.of(
      upgrade("upgrade"),
      upgrade("upgrade from a static delta").in(Circumstance.STATIC_DELTA),
      upgrade("package layered").in(Circumstance.LAYERED),
      upgrade("upgrade, then rollback").followedBy("rollback"),
      upgrade("upgrade, user reboots or switches off anywhere")
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      upgrade("upgrade, reset button anywhere").struckBy(Interruption.WARM_RESET),
      upgrade("upgrade, disk full anywhere and freed later").struckBy(Interruption.DISK_FULL),
      upgrade("upgrade, user edits /etc before the reboot").in(Circumstance.USER_EDITS_ETC),
      upgrade("upgrade, a file of /etc vanishes during the merge").in(Circumstance.FILE_VANISHES),
      upgrade("upgrade with a dead network mount").in(Circumstance.DEAD_NETWORK_MOUNT),
      upgrade("upgrade on a slow disk").in(Circumstance.SLOW_DISK));

  /** Room for two kernels, which are there before the update. */
  private static final List<OstreeScenario> SEPARATE_BOOT = List.of(
      upgrade("upgrade with /boot almost full").in(Circumstance.BOOT_ALMOST_FULL));

  private static final List<OstreeScenario> UPDATED_BEFORE = List.of(
      upgrade("upgrade, rollback deployment pinned").in(Circumstance.PINNED),
      upgrade("upgrade, then rollback to the oldest deployment").in(Circumstance.PINNED, Circumstance.ROLLBACK_TO_LAST)
          .followedBy("rollback"),
      upgrade("upgrade, an immutable file in the oldest deployment").in(Circumstance.IMMUTABLE_FILE));

  private static final List<OstreeScenario> GREENBOOT = List.of(
      upgrade("upgrade, new system unhealthy").behaving(Behaviour.UNHEALTHY),
      upgrade("upgrade, new kernel panics").behaving(Behaviour.PANICS),
      upgrade("upgrade, new kernel cannot be loaded").behaving(Behaviour.UNLOADABLE),
      upgrade("upgrade, shared data fails every health check").in(Circumstance.SHARED_DATA_BREAKS_HEALTH));

  private OstreeCatalogue() {}

  static List<OstreeScenario> of(OstreeBoard board) {
    List<OstreeScenario> all = new ArrayList<>(ANY);
    if (board.separateBoot() && board.updatedBefore()) {
      all.addAll(SEPARATE_BOOT);
    }
    if (board.updatedBefore()) {
      all.addAll(UPDATED_BEFORE);
    }
    if (board.greenboot() != OstreeBoard.Greenboot.NONE) {
      all.addAll(GREENBOOT);
    }
    return all;
  }
}
