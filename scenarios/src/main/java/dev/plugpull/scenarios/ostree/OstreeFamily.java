package dev.plugpull.scenarios.ostree;

import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.scenarios.family.Variants;
import dev.plugpull.sim.ostree.Departure;
import dev.plugpull.sim.ostree.OstreeBoard.Backend;
import dev.plugpull.sim.ostree.OstreeBoard.Greenboot;
import dev.plugpull.sim.ostree.OstreeBoard.RootFileSystem;
import dev.plugpull.sim.ostree.OstreeBoard;
import dev.plugpull.sim.ostree.OstreeDevice;
import dev.plugpull.sim.ostree.OstreeScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Devices that OSTree updates: Fedora IoT and CoreOS, Silverblue, and whatever has its own mixture of the parts. */
public final class OstreeFamily implements Family {
  private static final List<Setting> SETTINGS = List.of(
      new Setting("root", List.of("ext4", "ext4-writeback", "xfs", "btrfs"), "ext4",
          "file system that holds /ostree"),
      new Setting("boot", List.of("separate", "folder"), "separate",
          "whether /boot is an ext4 partition of its own or a folder of the root file system"),
      new Setting("backend", List.of("none", "grub2", "syslinux", "uboot", "zipl", "aboot"), "none",
          "what libostree writes for the boot loader; none: entries only, read by GRUB's blscfg; zipl, aboot: a record "
              + "of its own after the swap"),
      new Setting("updates", List.of("staged", "direct"), "staged",
          "whether an update is finalized at shutdown or deployed at once"),
      new Setting("greenboot", List.of("none", "shell", "rust"), "none", "automatic rollback"),
      new Setting("greenboot-attempts", List.of("1", "2", "3"), "3", "boots that a new deployment gets"),
      new Setting("grubenv", List.of("editenv", "atomic"), "editenv",
          "how user space writes grubenv: truncated and written, or replaced by rename"),
      new Setting("composefs", List.of("no", "yes"), "no", "whether the root is a verified composefs image"),
      new Setting("sysroot", List.of("read-only", "writable"), "read-only", "how /sysroot is mounted for others"),
      new Setting("history", List.of("first-update", "updated-before"), "first-update",
          "whether there is a rollback deployment already"),
      new Setting("watchdog", List.of("yes", "no"), "yes", "whether a panic or hang of the kernel resets the board"),
      new Setting("boot-view", List.of("lagging", "current"), "lagging",
          "whether what the boot loader reads may lag behind the journal; current looks away from that"),
      new Setting(MEDIUM, List.of("real", IDEAL), "real", "ideal: every write is durable at once and in order"));

  @Override
  public String name() {
    return "ostree";
  }

  @Override
  public String title() {
    return "OSTree";
  }

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public SortedMap<String, String> variants() {
    return Variants.of(Departure.class);
  }

  @Override
  public List<String> scenarios(Profile profile) {
    return OstreeCatalogue.of(board(profile)).stream().map(OstreeScenario::name).toList();
  }

  @Override
  public OstreeDevice device(Profile profile, String scenario) {
    OstreeBoard board = board(profile);
    return board.device(OstreeCatalogue.of(board).stream().filter(s -> s.name().equals(scenario)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "cannot try '" + scenario + "' on " + profile.name() + ": known are " + scenarios(profile))));
  }

  /** The device that a profile describes. */
  public static OstreeBoard board(Profile profile) {
    return new OstreeBoard(
        RootFileSystem.valueOf(constant(profile.setting("root"))),
        profile.setting("boot").equals("separate"),
        Backend.valueOf(constant(profile.setting("backend"))),
        profile.setting("updates").equals("staged"),
        Greenboot.valueOf(constant(profile.setting("greenboot"))),
        Integer.parseInt(profile.setting("greenboot-attempts")),
        profile.setting("grubenv").equals("atomic"),
        profile.setting("composefs").equals("yes"),
        profile.setting("sysroot").equals("read-only"),
        profile.setting("history").equals("updated-before"),
        profile.setting("watchdog").equals("yes"),
        profile.setting("boot-view").equals("lagging"),
        profile.setting(MEDIUM).equals(IDEAL),
        Variants.chosen(profile, Departure.class));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  @Override
  public List<String> assumptions(Profile profile) {
    List<String> assumed = new ArrayList<>(List.of(
        "the device honours flushes; sectors are atomic",
        "one file stands for all of /usr, one for /etc, one for /var, one for all deployment refs",
        "left-overs that no boot entry refers to are inert until libostree's own cleanup, which removes them before it "
            + "writes their names again; how much piles up over cuts in a row is not looked at",
        "minutes pass between a boot and the update, and between staging and the reboot: by then the kernel has "
            + "written its journal home",
        "the operator asks for the update in every boot until an outcome was reported, and gives up after two orderly "
            + "reboots that came back without it and without a word",
        "signatures and checksums are checked as the pull does it; what is in the repository is trusted by name",
        "a kernel that panics " + (profile.setting("watchdog").equals("yes")
            ? "is reset by a watchdog" : "stays where it is, which is an assumption and no violation"),
        "XFS is modelled from its design; an EFI grub.cfg on FAT is not modelled",
        "the menu auto-hide variables of desktop GRUB are not modelled"));
    assumed.add(profile.setting("boot-view").equals("lagging")
        ? "each metadata block of /boot on disk is as at mount, as at the last commit, or as one of the calls since "
            + "left it"
        : "what the boot loader reads never lags behind the journal: that is looked at with boot-view lagging");
    switch (profile.setting("backend")) {
      case "zipl" -> assumed.add("zipl's map of blocks is one sector, in one of two places; blocks of a file that is "
          + "gone are taken for unreadable; a map whose name a cut took away stays where it is until zipl runs again");
      case "aboot" -> assumed.add("aboot-deploy's steps are documented and their order is not: slot, link and active "
          + "slot are synced one after the other; a loader that finds no whole image in the active slot stops");
      default -> { }
    }
    return assumed;
  }
}
