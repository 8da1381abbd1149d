package dev.plugpull.scenarios.catalogue;

import static dev.plugpull.sim.ubuntucore.CoreScenario.refresh;
import static dev.plugpull.sim.ubuntucore.Part.APP;
import static dev.plugpull.sim.ubuntucore.Part.BASE;
import static dev.plugpull.sim.ubuntucore.Part.GADGET;
import static dev.plugpull.sim.ubuntucore.Part.KERNEL;
import static dev.plugpull.sim.ubuntucore.Part.SNAPD;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.ubuntucore.Behaviour;
import dev.plugpull.sim.ubuntucore.Circumstance;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every scenario of Ubuntu Core, one line each: what each gadget is certified with ({@link #all}), and what no gadget
 * can make better or worse, so that only the family's own certificate has it. Power may fail anywhere in all of them.
 */
public final class UbuntuCoreCatalogue {
  /** Those that end within a second come first, so that the first verdict is there at once. */
  private static final List<CoreScenario> ALL = List.of(
      refresh("base refresh", BASE),
      refresh("base refresh, new base panics", BASE).behaving(BASE, Behaviour.PANICS),
      refresh("base refresh, new base hangs", BASE).behaving(BASE, Behaviour.HANGS),
      refresh("kernel refresh", KERNEL),
      refresh("kernel refresh, new kernel panics", KERNEL).behaving(KERNEL, Behaviour.PANICS),
      refresh("kernel refresh, new kernel hangs", KERNEL).behaving(KERNEL, Behaviour.HANGS),
      refresh("kernel refresh, new kernel cannot be loaded", KERNEL).behaving(KERNEL, Behaviour.UNLOADABLE),
      refresh("kernel refresh, new kernel boots unhealthy", KERNEL).behaving(KERNEL, Behaviour.UNHEALTHY),
      refresh("kernel refresh, then revert", KERNEL).followedBy("revert"),
      refresh("base refresh, then revert", BASE).followedBy("revert"),
      refresh("bad kernel, refreshed again", KERNEL)
          .behaving(KERNEL, Behaviour.PANICS)
          .followedBy("refresh again"),
      refresh("kernel refresh, snapd killed anywhere", KERNEL).struckBy(Interruption.DAEMON_KILLED),
      refresh("kernel refresh, user reboots or switches off anywhere", KERNEL)
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      refresh("kernel refresh, reset button anywhere", KERNEL).struckBy(Interruption.WARM_RESET),
      refresh("kernel refresh, disk full anywhere and freed later", KERNEL).struckBy(Interruption.DISK_FULL),
      refresh("base refresh, disk full anywhere and freed later", BASE).struckBy(Interruption.DISK_FULL),
      refresh("kernel and base in one change, kernel panics", KERNEL, BASE).behaving(KERNEL, Behaviour.PANICS),
      refresh("kernel and base in one change", KERNEL, BASE));

  private static final List<CoreScenario> GADGET_REFRESH = List.of(
      refresh("gadget refresh", GADGET),
      refresh("gadget refresh, snapd killed anywhere", GADGET).struckBy(Interruption.DAEMON_KILLED),
      refresh("gadget refresh, disk full anywhere and freed later", GADGET).struckBy(Interruption.DISK_FULL),
      refresh("gadget refresh, a hook of the new gadget fails", GADGET).behaving(GADGET, Behaviour.UNHEALTHY),
      refresh("gadget refresh, no room for its files", GADGET).with(Circumstance.NO_ROOM_FOR_ASSETS));

  private static final List<CoreScenario> JOINT_REFRESH = List.of(
      refresh("base and gadget in one change", BASE, GADGET),
      refresh("base and gadget in one change, base panics", BASE, GADGET).behaving(BASE, Behaviour.PANICS),
      refresh("gadget and kernel in one change", GADGET, KERNEL),
      refresh("gadget and kernel in one change, kernel panics", GADGET, KERNEL).behaving(KERNEL, Behaviour.PANICS),
      refresh("snapd and base in one change", SNAPD, BASE));

  private static final List<CoreScenario> RECOVERY = List.of(
      refresh("reboot into the recovery system").followedBy("recover"),
      refresh("recovery system created and tried").with(Circumstance.CREATES_SYSTEM),
      refresh("recovery system created, it does not find the data")
          .with(Circumstance.CREATES_SYSTEM, Circumstance.SYSTEM_DEGRADED),
      refresh("recovery system created, asked for again after a failure")
          .with(Circumstance.CREATES_SYSTEM)
          .followedBy("refresh again"),
      refresh("remodel, the snaps stay").with(Circumstance.REMODELS),
      refresh("remodel to another base", BASE).with(Circumstance.REMODELS),
      refresh("remodel to another base, which panics", BASE)
          .behaving(BASE, Behaviour.PANICS)
          .with(Circumstance.REMODELS),
      refresh("remodel to another kernel, which panics", KERNEL)
          .behaving(KERNEL, Behaviour.PANICS)
          .with(Circumstance.REMODELS),
      refresh("installation", BASE).with(Circumstance.INSTALLS),
      refresh("factory reset", BASE).with(Circumstance.RESETS));

  private static final List<CoreScenario> SEALING = List.of(
      refresh("gadget refresh, boot loaders change", GADGET),
      refresh("gadget refresh, boot loaders change, snapd killed anywhere", GADGET)
          .struckBy(Interruption.DAEMON_KILLED),
      refresh("gadget refresh, boot loaders change, disk full anywhere and freed later", GADGET)
          .struckBy(Interruption.DISK_FULL),
      refresh("kernel refresh, then reboot into the recovery system", KERNEL).followedBy("recover"),
      refresh("gadget refresh, boot loaders change, then reboot into the recovery system", GADGET)
          .followedBy("recover"),
      refresh("power fails again and again, the TPM counts").with(Circumstance.LOCKOUT_COUNTED));

  private static final List<CoreScenario> SNAPD_REFRESH = List.of(
      refresh("snapd refresh", SNAPD),
      refresh("snapd refresh, new snapd ends at once", SNAPD).behaving(SNAPD, Behaviour.PANICS),
      refresh("snapd refresh, new snapd never becomes ready", SNAPD).behaving(SNAPD, Behaviour.HANGS),
      refresh("snapd refresh, new snapd starts and fails its first task", SNAPD)
          .behaving(SNAPD, Behaviour.UNHEALTHY),
      refresh("snapd refresh, then revert", SNAPD).followedBy("revert"),
      refresh("bad snapd, refreshed again", SNAPD).behaving(SNAPD, Behaviour.PANICS).followedBy("refresh again"),
      refresh("snapd refresh, snapd killed anywhere", SNAPD).struckBy(Interruption.DAEMON_KILLED),
      refresh("bad snapd, snapd killed anywhere", SNAPD)
          .behaving(SNAPD, Behaviour.PANICS)
          .struckBy(Interruption.DAEMON_KILLED),
      refresh("snapd refresh, disk full anywhere and freed later", SNAPD).struckBy(Interruption.DISK_FULL),
      refresh("snapd refresh by a difference", SNAPD).with(Circumstance.DELTA));

  private static final List<CoreScenario> APP_REFRESH = List.of(
      refresh("app refresh", APP),
      refresh("app refresh of a parallel instance", APP).with(Circumstance.PARALLEL_INSTANCE),
      refresh("app refresh by a difference", APP).with(Circumstance.DELTA),
      refresh("app refresh, the app runs until somebody closes it", APP)
          .with(Circumstance.APP_RUNS)
          .followedBy("app closed"),
      refresh("app refresh, the old app's hook before it fails", APP).with(Circumstance.PRE_REFRESH_FAILS),
      refresh("app refresh, the hook after it fails", APP).with(Circumstance.POST_REFRESH_FAILS),
      refresh("app refresh, the new service does not start", APP).with(Circumstance.SERVICE_FAILS),
      refresh("app refresh, the configure hook fails", APP).with(Circumstance.CONFIGURE_FAILS),
      refresh("app refresh, the health check fails", APP).with(Circumstance.CHECK_HEALTH_FAILS),
      refresh("app refresh, then revert", APP).followedBy("revert"),
      refresh("app refresh, reverted, refreshed again", APP).followedBy("revert", "refresh after revert"),
      refresh("app refresh, reverted, refreshed again and undone", APP)
          .with(Circumstance.FAILS_ON_RETURN)
          .followedBy("revert", "refresh after revert"),
      refresh("app refresh, snapd killed anywhere", APP).struckBy(Interruption.DAEMON_KILLED),
      refresh("app refresh, disk full anywhere and freed later", APP).struckBy(Interruption.DISK_FULL));

  private UbuntuCoreCatalogue() {}

  /** A scenario by its name. */
  public static Optional<CoreScenario> named(String name) {
    return Stream.of(ALL, GADGET_REFRESH, JOINT_REFRESH, RECOVERY, SEALING, SNAPD_REFRESH, APP_REFRESH)
        .flatMap(List::stream)
        .filter(s -> s.name().equals(name)).findFirst();
  }

  /** Several essential snaps in one change, beside kernel and base: tried on the reference devices of the family. */
  public static List<CoreScenario> jointRefresh() {
    return JOINT_REFRESH;
  }

  /** What is tried with recovery systems, on devices that are not {@linkplain CoreScenario#unfit unfit} for it. */
  public static List<CoreScenario> recovery() {
    return RECOVERY;
  }

  /** What is tried on a device whose data a TPM opens, besides what others are tried with. */
  public static List<CoreScenario> sealing() {
    return SEALING;
  }

  /** What is tried with the snapd snap, which UC16 has not. No gadget has a part in it. */
  public static List<CoreScenario> snapdRefresh() {
    return SNAPD_REFRESH;
  }

  /** What is tried with an app beside another one. No gadget has a part in it. */
  public static List<CoreScenario> appRefresh() {
    return APP_REFRESH;
  }

  /** What is tried besides {@link #all} on a device whose gadget is refreshed from an older one. */
  public static List<CoreScenario> gadgetRefresh() {
    return GADGET_REFRESH;
  }

  public static List<CoreScenario> all() {
    return ALL;
  }
}
