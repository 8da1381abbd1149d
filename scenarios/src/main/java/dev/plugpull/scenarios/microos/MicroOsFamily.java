package dev.plugpull.scenarios.microos;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.microos.MicroOsScenario;
import dev.plugpull.sim.microos.MicroOsSetup.Departure;
import dev.plugpull.sim.microos.MicroOsSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;

/** openSUSE MicroOS with GRUB or systemd-boot, snapper, transactional-update and health-checker. */
public final class MicroOsFamily implements Family {
  private static final String ETC = "etc";
  private static final String HEALTH = "health-checker";
  private static final String LIMIT = "number-limit";
  private static final String HISTORY = "history";
  private static final String LOADER = "bootloader";
  private static final String TRIES = "entry-tries";

  private static final List<String> GRUB = List.of(
      "GRUB follows the default subvolume and reads the last commit without the log; its scripts are written as the"
          + " distribution's generators would, and run in the interpreter",
      "the boot loader's environment block is one sector at 256 KiB: old or new, never torn");
  private static final List<String> SYSTEMD_BOOT = List.of(
      "systemd-boot and sdbootutil are modelled from their sources and were never run; an EFI variable holds the old or"
          + " the new value; grub2-bls and updates of the boot loader itself are not modelled",
      "an entry whose kernel cannot be started resets the machine while it has tries left, and ends in the firmware's"
          + " menu otherwise; a kernel without a whole initrd panics",
      "whoever runs the device sees that the tries of an entry are used up: a bad release is withdrawn then, and one"
          + " whose files on the EFI partition are not whole is not tried again by itself",
      "what is in a snapshot whose entry has no tries left is inert while a system that has worked can be started;"
          + " slots and lost clusters of the EFI partition are inert, and its space is not counted");

  @Override
  public String name() {
    return "micro-os";
  }

  @Override
  public String title() {
    return "openSUSE MicroOS";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(MEDIUM, List.of("disk", IDEAL), "disk", "what the disk does with writes that were not forced"),
        new Setting(ETC, List.of("subvolume", "overlay"), "subvolume",
            "how /etc is kept: a subvolume in each snapshot (since 2023), or an overlay (before)"),
        new Setting(LOADER, List.of("grub", "systemd-boot", "systemd-boot-loader-conf"), "grub",
            "grub follows the default subvolume; systemd-boot has entries on the EFI partition, the default one in an"
                + " EFI variable or, where none can be written, in loader.conf"),
        new Setting(TRIES, List.of("3", "none"), "3", "how often systemd-boot may try a new entry (/etc/kernel/tries)"),
        new Setting(HEALTH, List.of("yes", "no"), "yes", "whether health-checker is installed"),
        new Setting(LIMIT, List.of("0", "1", "2"), "1", "how many snapshots of each kind a clean-up leaves"),
        new Setting(HISTORY, List.of("fresh", "updated", "pruned"), "fresh",
            "whether the device was updated before, with a configuration edited in the older snapshot, and whether that"
                + " snapshot is gone"));
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(Departure.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return MicroOsScenario.all().stream().map(MicroOsScenario::name).toList();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    MicroOsScenario found = MicroOsScenario.all().stream().filter(s -> s.name().equals(scenario)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("cannot try '" + scenario + "': " + title() + " lacks it"));
    SortedSet<Departure> departures = Variants.chosen(profile, Departure.class);
    return new MicroOsSetup(
        found,
        profile.setting(ETC).equals("overlay"),
        profile.setting(HEALTH).equals("yes"),
        Integer.parseInt(profile.setting(LIMIT)),
        MicroOsSetup.History.valueOf(profile.setting(HISTORY).toUpperCase(Locale.ROOT)),
        MicroOsSetup.Loader.valueOf(profile.setting(LOADER).toUpperCase(Locale.ROOT).replace('-', '_')),
        profile.setting(TRIES).equals("none") ? -1 : Integer.parseInt(profile.setting(TRIES)),
        profile.setting(MEDIUM).equals(IDEAL),
        departures).device();
  }

  @Override
  public List<String> assumptions(Profile profile) {
    List<String> assumptions = new ArrayList<>(profile.setting(LOADER).equals("grub") ? GRUB : SYSTEMD_BOOT);
    assumptions.addAll(List.of(
        "btrfs: a cut falls back to the last commit, plus what fsync logged; which calls commit is as measured on"
            + " Linux 6.18",
        "a release that fails its health check is withdrawn before the timer fires again; else a device would try it"
            + " every day",
        "the timer updates only while the running snapshot is the default one",
        "numbers of snapshots count by their order; folders without info.xml (hazard M9) stay and are not counted as"
            + " space; what is in a snapshot in progress is only ever deleted; temporary files are inert",
        "a clean-up leaves " + profile.setting(LIMIT) + " snapshots of each kind",
        "one short start of the old system after a cut early in a boot (hazard M5) violates nothing: the next boot"
            + " returns",
        "of many updates without a reboot only the last is cut at every point, the others where they are done",
        "a kernel that panics resets the machine (panic=10 on its command line)"));
    if (profile.setting(HEALTH).equals("no")) {
      assumptions.add("without health-checker a system that starts counts as a success");
    }
    return assumptions;
  }
}
