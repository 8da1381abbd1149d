package dev.plugpull.scenarios.catalogue;

import static dev.plugpull.sim.ubuntucore.CoreScenario.refresh;
import static dev.plugpull.sim.ubuntucore.Part.BASE;
import static dev.plugpull.sim.ubuntucore.Part.GADGET;
import static dev.plugpull.sim.ubuntucore.Part.KERNEL;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.ubuntucore.Behaviour;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every scenario that a gadget of Ubuntu Core is certified with, one line each. Power may fail anywhere in all of them.
 */
public final class UbuntuCoreCatalogue {
  private static final List<CoreScenario> ALL = List.of(
      refresh("kernel refresh", KERNEL),
      refresh("kernel refresh, new kernel panics", KERNEL).behaving(KERNEL, Behaviour.PANICS),
      refresh("kernel refresh, new kernel hangs", KERNEL).behaving(KERNEL, Behaviour.HANGS),
      refresh("kernel refresh, new kernel cannot be loaded", KERNEL).behaving(KERNEL, Behaviour.UNLOADABLE),
      refresh("kernel refresh, new kernel boots unhealthy", KERNEL).behaving(KERNEL, Behaviour.UNHEALTHY),
      refresh("base refresh", BASE),
      refresh("base refresh, new base panics", BASE).behaving(BASE, Behaviour.PANICS),
      refresh("base refresh, new base hangs", BASE).behaving(BASE, Behaviour.HANGS),
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
      refresh("gadget refresh, a hook of the new gadget fails", GADGET).behaving(GADGET, Behaviour.UNHEALTHY));

  private UbuntuCoreCatalogue() {}

  /** A scenario by its name. */
  public static Optional<CoreScenario> named(String name) {
    return Stream.concat(ALL.stream(), GADGET_REFRESH.stream()).filter(s -> s.name().equals(name)).findFirst();
  }

  /** What is tried besides {@link #all} on a device whose gadget is refreshed from an older one. */
  public static List<CoreScenario> gadgetRefresh() {
    return GADGET_REFRESH;
  }

  public static List<CoreScenario> all() {
    return ALL;
  }
}
