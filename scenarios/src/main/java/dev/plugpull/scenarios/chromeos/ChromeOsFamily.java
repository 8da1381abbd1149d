package dev.plugpull.scenarios.chromeos;

import static dev.plugpull.sim.slots.SlotScenario.AGAIN;
import static dev.plugpull.sim.slots.SlotScenario.CANCEL;
import static dev.plugpull.sim.slots.SlotScenario.ROLLBACK;
import static dev.plugpull.sim.slots.SlotScenario.update;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.scenarios.slots.Catalogue;
import dev.plugpull.sim.chromeos.ChromeBoard;
import dev.plugpull.sim.chromeos.ChromeDeparture;
import dev.plugpull.sim.chromeos.ChromeDevice;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.slots.Behaviour;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** Chrome OS: two slots, verified boot, update_engine. */
public final class ChromeOsFamily implements Family {
  private static final String STORAGE = "storage";
  private static final String UPDATE = "update";
  private static final String PAYLOAD = "payload";
  private static final String FIRMWARE = "firmware-update";
  private static final String VERSIONS = "kernel-versions";
  private static final String STORE = "firmware-settings";
  private static final String MODE = "mode";
  private static final String POWERWASH = "powerwash";
  private static final String REPAIR = "table-repair";
  private static final String CGPT = "postinst-repair";
  private static final String LID = "lid";
  private static final String TRIES = "kernel-tries";
  private static final String FIRMWARE_TRIES = "firmware-tries";
  private static final String RESETS = "benign-resets";

  private static final Catalogue CATALOGUE = new Catalogue("Chrome OS", List.of(
      update("update"),
      update("update, new kernel panics").behaving(Behaviour.PANICS),
      update("update, new system hangs").behaving(Behaviour.HANGS),
      update("update, new kernel is signed by a wrong key").behaving(Behaviour.REFUSED),
      update("update, new root file system does not verify").behaving(Behaviour.CORRUPT),
      update("update, new system dies before it is marked good").behaving(Behaviour.UNHEALTHY),
      update("update, then rolled back by hand").followedBy(ROLLBACK),
      update("bad update, tried again").behaving(Behaviour.PANICS).followedBy(AGAIN),
      update("update, cancelled anywhere and asked for again").struckBy(Interruption.DAEMON_KILLED).under(CANCEL)
          .followedBy(AGAIN),
      update("update, update_engine killed anywhere").struckBy(Interruption.DAEMON_KILLED),
      update("update, user reboots or switches off anywhere")
          .struckBy(Interruption.USER_REBOOT, Interruption.POWER_OFF),
      update("update, reset button anywhere").struckBy(Interruption.WARM_RESET),
      update("update, disk full anywhere and freed later").struckBy(Interruption.DISK_FULL),
      update("update, first server delivers damaged data").under(ChromeDevice.CORRUPT_DOWNLOAD)));

  @Override
  public String name() {
    return "chrome-os";
  }

  @Override
  public String title() {
    return "Chrome OS";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(STORAGE, List.of("emmc", "nvme", "ufs", "ahci"), "emmc", "the disk, and how firmware drives it"),
        new Setting(MEDIUM, List.of("cached", IDEAL), "cached", "what the disk does with writes"),
        new Setting(UPDATE, List.of("background", "interactive"), "background",
            "background updates force each write of a slot, interactive ones do not"),
        new Setting(PAYLOAD, List.of("full", "delta"), "full", "delta payloads copy blocks of the running slot"),
        new Setting(FIRMWARE, List.of("no", "yes"), "no", "releases bring read-write firmware"),
        new Setting(VERSIONS, List.of("constant", "rising"), "constant",
            "whether each release raises the kernel version"),
        new Setting(STORE, List.of("cmos", "flash-log"), "cmos", "where firmware keeps its settings"),
        new Setting(MODE, List.of("normal", "developer"), "normal", "boot mode"),
        new Setting(POWERWASH, List.of("no", "with-update"), "no", "whether the server demands a powerwash"),
        new Setting(REPAIR, List.of("with-change", "before-change"), "with-change",
            "when firmware writes a repaired partition table; shipped firmware does so together with its change"),
        new Setting(CGPT, List.of("no", "yes"), "no", "whether postinst repairs the partition table first"),
        new Setting(LID, List.of("open", "closed"), "open", "boots with the lid closed count no tries"),
        new Setting(TRIES, List.of("6", "2", "1"), "6", "tries of a new kernel"),
        new Setting(FIRMWARE_TRIES, List.of("15", "6", "3"), "15", "tries of a new firmware"),
        new Setting(RESETS, List.of("0", "1", "6", "13"), "0",
            "resets that chips ask for while a new firmware is tried"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(ChromeDeparture.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return CATALOGUE.names();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    return board(profile).device(CATALOGUE.named(scenario));
  }

  private static ChromeBoard board(Profile profile) {
    SortedSet<ChromeDeparture> departures = Variants.chosen(profile, ChromeDeparture.class);
    return new ChromeBoard(
        ChromeBoard.Storage.valueOf(profile.setting(STORAGE).toUpperCase(java.util.Locale.ROOT)),
        Catalogue.is(profile, UPDATE, "interactive"),
        Catalogue.is(profile, PAYLOAD, "delta"),
        Catalogue.is(profile, FIRMWARE, "yes"),
        Catalogue.is(profile, VERSIONS, "rising"),
        Catalogue.is(profile, STORE, "flash-log"),
        Catalogue.is(profile, MODE, "developer"),
        Catalogue.is(profile, POWERWASH, "with-update"),
        Catalogue.is(profile, CGPT, "yes"),
        Catalogue.is(profile, LID, "closed"),
        Integer.parseInt(profile.setting(TRIES)),
        Integer.parseInt(profile.setting(FIRMWARE_TRIES)),
        Integer.parseInt(profile.setting(RESETS)),
        Catalogue.is(profile, REPAIR, "before-change"),
        Catalogue.is(profile, MEDIUM, IDEAL),
        departures);
  }

  @Override
  public List<String> assumptions(Profile profile) {
    return List.of(
        "vboot, cgpt, dm-verity and update_engine behave as their sources of 2026 say; the model was read from source"
            + " and its runs were not compared with a real device",
        "disk: " + profile.setting(STORAGE) + " with a volatile cache that may write back in any order; atomic unit of"
            + " 512 bytes (4096 on UFS); the stateful partition follows the rules of ext4 in docs/fault-model.md",
        "scaled down: a kernel of two blocks, a root file system of two blocks and one block of hash tree, three"
            + " operations a payload; one resume instead of ten before an update starts from the beginning",
        "signatures are keyed digests that nobody forges; the TPM's spaces change as a whole",
        "tries: " + profile.setting(TRIES) + " for a kernel, " + profile.setting(FIRMWARE_TRIES) + " for firmware; a"
            + " new system is good once update_engine has run for 60 seconds, there is no other health check",
        "a version that failed to boot is not offered again by itself; the user may ask for it",
        "reductions: checkpoints that do not fit together, the record of the boot that completed an update, and the"
            + " content of a slot that the table calls unbootable are inert",
        "the board has a watchdog; recovery media need a person and are not inserted");
  }
}
