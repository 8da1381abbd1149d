package dev.plugpull.scenarios.systemdboot;

import static dev.plugpull.sim.slots.SlotScenario.AGAIN;
import static dev.plugpull.sim.slots.SlotScenario.ROLLBACK;
import static dev.plugpull.sim.slots.SlotScenario.update;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.scenarios.slots.Catalogue;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.slots.Behaviour;
import dev.plugpull.sim.systemdboot.CountingDeparture;
import dev.plugpull.sim.systemdboot.CountingDevice;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** systemd-boot with boot counting, updated by systemd-sysupdate. */
public final class SystemdBootFamily implements Family {
  private static final Catalogue CATALOGUE = new Catalogue("systemd-boot", List.of(
      update("update"),
      update("update, new kernel panics").behaving(Behaviour.PANICS),
      update("update, new system hangs").behaving(Behaviour.HANGS),
      update("update, new kernel cannot be loaded").behaving(Behaviour.REFUSED),
      update("update, new root file system is damaged").behaving(Behaviour.CORRUPT),
      update("update, new system is unhealthy").behaving(Behaviour.UNHEALTHY),
      update("update, then rolled back by hand").followedBy(ROLLBACK),
      update("update, asked for again if it failed").followedBy(AGAIN),
      update("update, sysupdate killed anywhere").struckBy(Interruption.DAEMON_KILLED),
      update("update, user reboots or switches off anywhere")
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      update("update, reset button anywhere").struckBy(Interruption.WARM_RESET),
      update("update, disk full anywhere and freed later").struckBy(Interruption.DISK_FULL)));

  @Override
  public String name() {
    return "systemd-boot";
  }

  @Override
  public String title() {
    return "systemd-boot";
  }

  @Override
  public List<Setting> settings() {
    return List.of(new Setting(MEDIUM, List.of("nvme", IDEAL), "nvme", "the disk"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(CountingDeparture.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return CATALOGUE.names();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    SortedSet<CountingDeparture> departures = Variants.chosen(profile, CountingDeparture.class);
    return new CountingDevice(departures, Catalogue.is(profile, MEDIUM, IDEAL), CATALOGUE.named(scenario));
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "systemd-boot, bless-boot and sysupdate behave as the sources of systemd 256 say; nothing was compared with a"
            + " real device",
        "NVMe with a volatile cache, atomic unit of 4096 bytes; the EFI system partition is FAT, and the firmware's FAT"
            + " driver renames as the kernel's does; the data partition follows the rules of ext4",
        "scaled down: an image of three blocks, none of which protects another",
        "tries: three boots of a new entry; a manual reboot or the watchdog drives them",
        "a release that failed is not installed again by itself; the user may ask for it",
        "the board has a watchdog");
  }
}
