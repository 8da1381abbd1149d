package dev.plugpull.scenarios.rauc;

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
import dev.plugpull.sim.rauc.RaucBoard;
import dev.plugpull.sim.rauc.RaucDeparture;
import dev.plugpull.sim.rauc.RaucDevice;
import dev.plugpull.sim.slots.Behaviour;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;

/** RAUC with U-Boot or GRUB. */
public final class RaucFamily implements Family {
  private static final String LOADER = "bootloader";
  private static final String ATTEMPTS = "attempts";
  private static final String WRITER = "environment-writer";
  private static final String FACTORY = "factory-slots";
  private static final String ENVIRONMENT = "factory-environment";
  private static final String LOADER_SLOT = "loader-slot";

  private static final Catalogue CATALOGUE = new Catalogue("RAUC", List.of(
      update("update"),
      update("update, new kernel panics").behaving(Behaviour.PANICS),
      update("update, new system hangs").behaving(Behaviour.HANGS),
      update("update, new kernel cannot be loaded").behaving(Behaviour.REFUSED),
      update("update, new root file system is damaged").behaving(Behaviour.CORRUPT),
      update("update, new system is unhealthy").behaving(Behaviour.UNHEALTHY),
      update("update, then rolled back by hand").followedBy(ROLLBACK),
      update("bad update, tried again").behaving(Behaviour.PANICS).followedBy(AGAIN),
      update("old release installed again, after a cut the new one").under(RaucDevice.OLD_FIRST),
      update("update, bundle changed after its check").under(RaucDevice.CHANGED_BUNDLE),
      update("update, agent killed anywhere").struckBy(Interruption.DAEMON_KILLED),
      update("update, user reboots or switches off anywhere")
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      update("update, reset button anywhere").struckBy(Interruption.WARM_RESET),
      update("update, disk full anywhere and freed later").struckBy(Interruption.DISK_FULL)));

  @Override
  public String name() {
    return "rauc";
  }

  @Override
  public String title() {
    return "RAUC";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(MEDIUM, List.of("emmc", IDEAL), "emmc", "the disk"),
        new Setting(LOADER, List.of("u-boot", "grub"), "u-boot", "who selects the slot"),
        new Setting(ATTEMPTS, List.of("every-boot", "trials", "nothing"), "every-boot",
            "what the boot script counts; RAUC's own examples count every boot"),
        new Setting(WRITER, List.of("truncate", "in-place"), "truncate", "how GRUB's environment is written by RAUC"),
        new Setting(FACTORY, List.of("both", "only-first"), "both", "slots that the factory wrote"),
        new Setting(ENVIRONMENT, List.of("written", "missing"), "written", "GRUB's environment on the clean device"),
        new Setting(LOADER_SLOT, List.of("no", "yes"), "no", "bundles bring a boot loader that a boot ROM starts"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(RaucDeparture.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return CATALOGUE.names();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    SortedSet<RaucDeparture> departures = Variants.chosen(profile, RaucDeparture.class);
    return new RaucBoard(
        Catalogue.is(profile, LOADER, "grub"),
        RaucBoard.Counting.valueOf(profile.setting(ATTEMPTS).toUpperCase(Locale.ROOT).replace('-', '_')),
        Catalogue.is(profile, FACTORY, "both"),
        Catalogue.is(profile, WRITER, "in-place"),
        Catalogue.is(profile, ENVIRONMENT, "missing"),
        Catalogue.is(profile, LOADER_SLOT, "yes"),
        Catalogue.is(profile, MEDIUM, IDEAL),
        departures).device(CATALOGUE.named(scenario));
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "RAUC behaves as its sources of 2026 say; boot scripts are our own after its documentation and run in"
            + " interpreters that were held against GRUB 2.06 and U-Boot 2026.08; nothing was compared with a real"
            + " device",
        "eMMC with a volatile cache, atomic unit of 512 bytes; GRUB's environment is a file on FAT that is truncated,"
            + " written and synced; the data partition follows the rules of ext4 in docs/fault-model.md",
        "scaled down: an image of three blocks (super block, kernel, root file system), none of which protects another",
        "tries: three with U-Boot, one with GRUB",
        "a release that failed is not installed again by itself; the user may ask for it",
        "reductions: serials of environment copies count by which copy is newer; temporary files are inert",
        "the board has a watchdog");
  }
}
