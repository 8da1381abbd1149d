package dev.plugpull.scenarios.ubuntucore;

import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.sim.bootloader.uboot.EnvironmentStore;
import dev.plugpull.sim.bootloader.uboot.UbootBoard;
import dev.plugpull.sim.bootloader.uboot.UbootEnvironment;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.CoreBoard.LoaderKind;
import dev.plugpull.sim.ubuntucore.CoreBoard.Partition;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.GrubPowerOn;
import dev.plugpull.sim.ubuntucore.LkPowerOn;
import dev.plugpull.sim.ubuntucore.PibootPowerOn;
import dev.plugpull.sim.ubuntucore.PowerOn;
import dev.plugpull.sim.ubuntucore.ReferenceScript;
import dev.plugpull.sim.ubuntucore.Series;
import dev.plugpull.sim.ubuntucore.UbootPowerOn;
import java.util.SortedMap;
import java.util.TreeMap;

/** Boards that keep the documented protocol, one for each boot loader, with the lines that a variant takes away. */
final class ReferenceBoards {
  private static final String KERNEL = "device-kernel";
  private static final String GRUB_CFG = "/EFI/ubuntu/grub.cfg";
  private static final int ENVIRONMENT_BYTES = 4096;

  private final Profile profile;
  private final Series series;

  private ReferenceBoards(Profile profile) {
    this.profile = profile;
    this.series = Series.of(Integer.parseInt(profile.setting(UbuntuCoreFamily.SERIES)));
  }

  static CoreBoard board(Profile profile) {
    ReferenceBoards boards = new ReferenceBoards(profile);
    return switch (profile.setting(UbuntuCoreFamily.LOADER)) {
      case "grub" -> boards.grub();
      case "u-boot" -> boards.uboot();
      case "piboot" -> boards.piboot();
      case "lk" -> boards.lk();
      default -> throw new IllegalArgumentException("cannot build a board: unknown boot loader");
    };
  }

  private CoreBoard grub() {
    if (!series.hasModeenv()) {
      Content script = without(ReferenceScript.GRUB_SINGLE.content(), UbuntuCoreFamily.NO_FALLBACK, "fallback=");
      return board(LoaderKind.GRUB, null, boot("system-boot", GRUB_CFG, script), GrubPowerOn.single(2), 1024);
    }
    Partition seed = partition("ubuntu-seed", "vfat", 1, GRUB_CFG, ReferenceScript.GRUB_SEED.content());
    Content script = without(ReferenceScript.GRUB_RUN.content(), UbuntuCoreFamily.NO_FALLBACK, "fallback=");
    CoreBoard plain = board(
        LoaderKind.GRUB, seed, boot("ubuntu-boot", GRUB_CFG, script), GrubPowerOn.chained(1, 2, "x86_64"), 1024);
    return profile.setting(UbuntuCoreFamily.SAFETY).equals(UbuntuCoreFamily.ENCRYPTED) ? SecureBoot.on(plain) : plain;
  }

  private CoreBoard uboot() {
    boolean modes = series.hasModeenv();
    Content script = without((modes ? ReferenceScript.UBOOT_FILE : ReferenceScript.UBOOT_ENV).content(),
        UbuntuCoreFamily.NO_RESET, "reset");
    UbootBoard uboot = UbootBoard.standard()
        .with("boot_targets", "mmc0")
        .with("seed_part", "1")
        .with("boot_part", "2")
        .with("system_part", "2")
        .with("fdtfile", "board.dtb")
        .withStore(modes ? new EnvironmentStore.Nowhere()
            : new EnvironmentStore.Files(0, 0, "system-boot", "/uboot.env", ""), UbootEnvironment.Header.FLAG,
            ENVIRONMENT_BYTES);
    Partition seed = modes ? partition("ubuntu-seed", "vfat", 1, "/boot.scr", script) : null;
    Partition boot = modes ? boot("ubuntu-boot", "/none.txt", Content.EMPTY) : boot("system-boot", "/boot.scr", script);
    return new CoreBoard(series, KERNEL, LoaderKind.UBOOT_FILE, seed, boot, 2L << 30, new UbootPowerOn(uboot),
        ENVIRONMENT_BYTES, modes ? new TreeMap<>() : uboot.environment(), true, DeviceProfile.EMMC, false);
  }

  private CoreBoard piboot() {
    SortedMap<String, Content> files = new TreeMap<>();
    files.put("/config.txt", ReferenceScript.PIBOOT_CONFIG.content());
    files.put("/cmdline.txt", ReferenceScript.PIBOOT_COMMAND_LINE.content());
    Partition seed = new Partition("ubuntu-seed", "vfat", 1200L << 20, 1, files);
    return board(LoaderKind.PIBOOT, seed, null, new PibootPowerOn(1, "pi4"), ENVIRONMENT_BYTES);
  }

  private CoreBoard lk() {
    Partition seed =
        series.hasModeenv() ? new Partition("ubuntu-seed", "ext4", 500L << 20, 1, new TreeMap<>()) : null;
    return board(LoaderKind.LK, seed, null, new LkPowerOn(series, KERNEL, 2), ENVIRONMENT_BYTES);
  }

  private CoreBoard board(LoaderKind kind, Partition seed, Partition boot, PowerOn powerOn, int environmentBytes) {
    return new CoreBoard(series, KERNEL, kind, seed, boot, 2L << 30, powerOn, environmentBytes, new TreeMap<>(), true,
        DeviceProfile.EMMC, false);
  }

  private Partition boot(String label, String path, Content content) {
    return partition(label, profile.setting(UbuntuCoreFamily.FILESYSTEM), 2, path, content);
  }

  private static Partition partition(String label, String type, int number, String path, Content content) {
    SortedMap<String, Content> files = new TreeMap<>();
    files.put(path, content);
    files.put("/EFI/boot/grubx64.efi", Content.opaque("grubx64.efi", 1 << 20));
    return new Partition(label, type, 750L << 20, number, files);
  }

  /** The script without the lines that begin so, if the profile has the variant. */
  private Content without(Content script, String variant, String begin) {
    if (!profile.has(variant)) {
      return script;
    }
    StringBuilder rest = new StringBuilder();
    script.text().orElseThrow().lines().filter(line -> !line.strip().startsWith(begin))
        .forEach(line -> rest.append(line).append('\n'));
    return Content.text(rest.toString());
  }
}
