package dev.plugpull.scenarios.bootcount;

import static dev.plugpull.sim.slots.SlotScenario.AGAIN;
import static dev.plugpull.sim.slots.SlotScenario.DAMAGED;
import static dev.plugpull.sim.slots.SlotScenario.ROLLBACK;
import static dev.plugpull.sim.slots.SlotScenario.update;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.scenarios.slots.Catalogue;
import dev.plugpull.sim.bootcount.BootCountBoard;
import dev.plugpull.sim.bootcount.BootCountDeparture;
import dev.plugpull.sim.bootcount.BootCountDevice;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.slots.Behaviour;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;

/** U-Boot with {@code bootcmd}, {@code altbootcmd} and a limit, and a client as Mender and SWUpdate are. */
public final class BootCountFamily implements Family {
  private static final String ENVIRONMENT = "environment";
  private static final String COUNTER = "boot-counter";
  private static final String LIMIT = "boot-limit";
  private static final String LAYOUT = "layout";
  private static final String FIRMWARE = "firmware";
  private static final String BUILT_IN = "built-in-environment";
  private static final String FACTORY = "factory-environment";

  private static final Catalogue CATALOGUE = new Catalogue("U-Boot boot counting", List.of(
      update("update"),
      update("update, new kernel panics").behaving(Behaviour.PANICS),
      update("update, new system hangs").behaving(Behaviour.HANGS),
      update("update, new kernel cannot be loaded").behaving(Behaviour.REFUSED),
      update("update, new root file system is damaged").behaving(Behaviour.CORRUPT),
      update("update, new system is unhealthy").behaving(Behaviour.UNHEALTHY),
      update("update, the image is damaged").under(DAMAGED),
      update("update, no network for the report").under(BootCountDevice.NO_NETWORK),
      update("update, then rolled back by hand").followedBy(ROLLBACK),
      update("update, asked for again if it failed").followedBy(AGAIN),
      update("update, client killed anywhere").struckBy(Interruption.DAEMON_KILLED),
      update("update, user reboots or switches off anywhere")
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      update("update, reset button anywhere").struckBy(Interruption.WARM_RESET),
      update("update, disk full anywhere and freed later").struckBy(Interruption.DISK_FULL)));

  @Override
  public String name() {
    return "uboot-bootcount";
  }

  @Override
  public String title() {
    return "U-Boot boot counting";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(MEDIUM, List.of("emmc", IDEAL), "emmc", "the disk"),
        new Setting(ENVIRONMENT, List.of("redundant", "single", "flash-two-blocks", "flash-one-block"), "redundant",
            "where U-Boot keeps its variables: copies on eMMC, or in flash with one or two erase blocks"),
        new Setting(COUNTER, List.of("environment", "volatile", "none"), "environment", "where boots are counted"),
        new Setting(LIMIT, List.of("1", "3"), "1", "boots before altbootcmd runs"),
        new Setting(LAYOUT, List.of("two-slots", "system-and-rescue"), "two-slots", "equal slots, or a rescue system"),
        new Setting(FIRMWARE, List.of("no", "yes"), "no", "updates bring firmware that the new system needs"),
        new Setting(FACTORY, List.of("written", "blank"), "written", "the environment on the clean device"),
        new Setting(BUILT_IN, List.of("boots", "bare"), "boots", "what the environment built into the loader does"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(BootCountDeparture.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return CATALOGUE.names();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    SortedSet<BootCountDeparture> departures = Variants.chosen(profile, BootCountDeparture.class);
    return new BootCountBoard(
        BootCountBoard.Environment.valueOf(word(profile, ENVIRONMENT)),
        UbootBoard.BootCounter.valueOf(word(profile, COUNTER)),
        Integer.parseInt(profile.setting(LIMIT)),
        Catalogue.is(profile, LAYOUT, "system-and-rescue"),
        Catalogue.is(profile, FIRMWARE, "yes"),
        Catalogue.is(profile, FACTORY, "blank"),
        Catalogue.is(profile, BUILT_IN, "bare"),
        Catalogue.is(profile, MEDIUM, IDEAL),
        departures).device(CATALOGUE.named(scenario));
  }

  private static String word(Profile profile, String setting) {
    return profile.setting(setting).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "U-Boot's scripts run in an interpreter that was held against U-Boot 2026.08; the client follows the steps that"
            + " Mender and SWUpdate document, and was not compared with them",
        "eMMC with a volatile cache, atomic unit of 512 bytes; environment copies of 1024 bytes; flash erases blocks of"
            + " 2048 bytes; the data partition follows the rules of ext4 in docs/fault-model.md",
        "scaled down: an image of three blocks (super block, kernel, root file system), none of which protects another",
        "tries: " + profile.setting(LIMIT) + " boots of a new system before altbootcmd runs; the counter is in: "
            + profile.setting(COUNTER),
        "a release that failed is not installed again by itself; the user may ask for it",
        "reductions: serials of environment copies count by which copy is newer; temporary files are inert",
        "the board has a watchdog");
  }
}
