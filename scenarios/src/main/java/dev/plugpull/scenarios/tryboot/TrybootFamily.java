package dev.plugpull.scenarios.tryboot;

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
import dev.plugpull.sim.tryboot.TrybootDeparture;
import dev.plugpull.sim.tryboot.TrybootDevice;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** Raspberry Pi with two slots, {@code autoboot.txt} and the tryboot flag. */
public final class TrybootFamily implements Family {
  private static final Catalogue CATALOGUE = new Catalogue("Raspberry Pi tryboot", List.of(
      update("update"),
      update("update, new kernel panics").behaving(Behaviour.PANICS),
      update("update, new system hangs").behaving(Behaviour.HANGS),
      update("update, new kernel cannot be loaded").behaving(Behaviour.REFUSED),
      update("update, new root file system is damaged").behaving(Behaviour.CORRUPT),
      update("update, new system is unhealthy").behaving(Behaviour.UNHEALTHY),
      update("update, then rolled back by hand").followedBy(ROLLBACK),
      update("update, asked for again if it failed").followedBy(AGAIN),
      update("update, updater killed anywhere").struckBy(Interruption.DAEMON_KILLED),
      update("update, user reboots or switches off anywhere")
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      update("update, reset button anywhere").struckBy(Interruption.WARM_RESET),
      update("update, disk full anywhere and freed later").struckBy(Interruption.DISK_FULL)));

  @Override
  public String name() {
    return "raspberry-pi-tryboot";
  }

  @Override
  public String title() {
    return "Raspberry Pi tryboot";
  }

  @Override
  public List<Setting> settings() {
    return List.of(new Setting(MEDIUM, List.of("emmc", IDEAL), "emmc", "the disk"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(TrybootDeparture.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return CATALOGUE.names();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    SortedSet<TrybootDeparture> departures = Variants.chosen(profile, TrybootDeparture.class);
    return new TrybootDevice(departures, Catalogue.is(profile, MEDIUM, IDEAL), CATALOGUE.named(scenario));
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "the firmware behaves as its documentation says; nothing was compared with a real device",
        "eMMC with a volatile cache, atomic unit of 512 bytes; autoboot.txt is one sector on FAT that is overwritten in"
            + " place; the data partition follows the rules of ext4",
        "scaled down: a slot of three blocks (super block, kernel, root file system), none of which protects another",
        "tries: one; a power cut during the trial loses the flag and ends it",
        "the flag is kept by every reset and cleared when the firmware reads it",
        "a release that failed is not installed again by itself; the user may ask for it",
        "the board has a watchdog");
  }
}
