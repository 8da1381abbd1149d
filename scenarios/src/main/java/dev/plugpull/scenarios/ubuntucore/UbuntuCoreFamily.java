package dev.plugpull.scenarios.ubuntucore;

import static dev.plugpull.sim.ubuntucore.Part.GADGET;
import static dev.plugpull.sim.ubuntucore.Part.KERNEL;
import static dev.plugpull.sim.ubuntucore.Part.SNAPD;

import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.Setting;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.media.DeviceProfile;
import dev.plugpull.sim.ubuntucore.Circumstance;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.Departure;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Ubuntu Core devices of reference gadgets: one for each boot loader. */
public final class UbuntuCoreFamily implements Family {
  static final String SERIES = "series";
  static final String LOADER = "bootloader";
  static final String FILESYSTEM = "filesystem";
  static final String PLATFORM = "platform";
  static final String SAFETY = "storage-safety";
  static final String ENCRYPTED = "encrypted";
  static final String NO_FALLBACK = "grub-without-fallback";
  static final String NO_RESET = "script-without-reset";
  private static final String LYING = "emmc-ignores-flush";
  private static final String NO_ASSETS = "gadget refresh, no assets change";
  private static final String NOT_SYNCED = "download-not-synced";
  private static final String BY_NAME = "cache-trusted-by-name";
  private static final String KEY_IGNORED = "instance-key-ignored";
  private static final String NOT_JUDGED = "recovery-trial-not-judged";
  private static final String RUN_FIRST = "run-mode-before-installed";
  private static final String SAVE_REMADE = "reset-remakes-save";
  private static final String REFERENCE = "reference";
  private static final String RESEALED_AFTER = "resealed-after-assets";
  private static final String OLD_FORGOTTEN = "reseal-forgets-old-kernel";
  private static final String NOT_TIGHTENED = "never-tightened";
  private static final String NOT_CLEARED = "lockout-never-cleared";
  private static final String WRITABLE = "base-writable";

  private static final Map<String, Departure> DEPARTURES = Map.ofEntries(
      Map.entry(NOT_SYNCED, Departure.DOWNLOAD_NOT_SYNCED),
      Map.entry(BY_NAME, Departure.CACHE_TRUSTED_BY_NAME),
      Map.entry(KEY_IGNORED, Departure.INSTANCE_KEY_IGNORED),
      Map.entry(NOT_JUDGED, Departure.TRIAL_NOT_JUDGED),
      Map.entry(RUN_FIRST, Departure.RUN_BEFORE_INSTALLED),
      Map.entry(SAVE_REMADE, Departure.RESET_REMAKES_SAVE),
      Map.entry(RESEALED_AFTER, Departure.RESEALED_AFTER_ASSETS),
      Map.entry(OLD_FORGOTTEN, Departure.OLD_CHAIN_FORGOTTEN),
      Map.entry(NOT_TIGHTENED, Departure.NEVER_TIGHTENED),
      Map.entry(NOT_CLEARED, Departure.LOCKOUT_NOT_CLEARED),
      Map.entry(WRITABLE, Departure.BASE_WRITABLE));

  private static final Set<Circumstance> NEW_SYSTEMS = EnumSet.of(
      Circumstance.CREATES_SYSTEM, Circumstance.REMODELS, Circumstance.INSTALLS, Circumstance.RESETS);

  /** What is tried besides the catalogue of gadgets: here a refresh that failed for nothing is asked for again. */
  private static final List<CoreScenario> MORE = List.of(
      CoreScenario.refresh(NO_ASSETS, GADGET),
      CoreScenario.refresh("gadget refresh, tried again after a failure", GADGET).followedBy("refresh again"),
      CoreScenario.refresh("kernel refresh, tried again after a failure", KERNEL).followedBy("refresh again"));

  @Override
  public String name() {
    return "ubuntu-core";
  }

  @Override
  public String title() {
    return "Ubuntu Core";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        new Setting(SERIES, List.of("16", "18", "20", "22", "24", "26"), "22", "generation of Ubuntu Core"),
        new Setting(LOADER, List.of("grub", "u-boot", "piboot", "lk"), "grub", "boot loader"),
        new Setting(FILESYSTEM, List.of("ext4", "vfat"), "ext4", "file system of the boot partition"),
        new Setting(PLATFORM, List.of("snapd", REFERENCE), "snapd",
            "the update software: snapd as it is, or one of the same protocol without the known hazards"),
        new Setting(SAFETY, List.of("prefer-unencrypted", ENCRYPTED), "prefer-unencrypted",
            "of the model: encrypted takes secure boot and a TPM, so GRUB on series 20 or later"),
        new Setting(MEDIUM, List.of("emmc", LYING, IDEAL), "emmc",
            "the disk: eMMC with cache, one that acknowledges flushes and ignores them, or every write at once"));
  }

  @Override
  public Optional<String> contradiction(Map<String, String> settings) {
    boolean fits = settings.get(LOADER).equals("grub") && Integer.parseInt(settings.get(SERIES)) >= 20;
    return settings.get(SAFETY).equals(ENCRYPTED) && !fits
        ? Optional.of(SAFETY + " is encrypted, which takes " + LOADER + " grub and " + SERIES + " 20 or later")
        : Optional.empty();
  }

  @Override
  public SortedMap<String, String> variants() {
    SortedMap<String, String> variants = new TreeMap<>();
    variants.put(NO_FALLBACK, "grub.cfg has no entry to go to when the kernel on trial cannot be started");
    variants.put(NO_RESET, "the boot script of U-Boot ends without reset");
    variants.put(NOT_SYNCED, "a downloaded snap is renamed into place, and neither file nor folder is synced");
    variants.put(KEY_IGNORED, "the data of a parallel instance is looked for where that of the snap itself lies");
    variants.put(RESEALED_AFTER, "keys are sealed to new boot loaders after these were written");
    variants.put(OLD_FORGOTTEN, "keys are sealed to the newest kernel only, also while it is not tried yet");
    variants.put(NOT_TIGHTENED, "keys are not sealed again when a boot is marked successful");
    variants.put(NOT_CLEARED, "the TPM's lock-out counter is never cleared");
    variants.put(BY_NAME, "a name in the download cache is taken for the snap, whatever its size");
    variants.put(NOT_JUDGED, "a recovery system that starts has passed its trial, whatever it finds of the device");
    variants.put(RUN_FIRST, "an installation asks for run mode before kernel and boot state are in place");
    variants.put(WRITABLE, "the base is mounted read-write, and a program changes it");
    variants.put(SAVE_REMADE, "a factory reset makes ubuntu-save anew together with the other partitions");
    return variants;
  }

  @Override
  public List<String> scenarios(Profile profile) {
    List<CoreScenario> all = new ArrayList<>(UbuntuCoreCatalogue.all());
    all.addAll(MORE);
    all.addAll(UbuntuCoreCatalogue.jointRefresh());
    CoreBoard board = ReferenceBoards.board(profile);
    UbuntuCoreCatalogue.recovery().stream().filter(scenario -> scenario.unfit(board).isEmpty()).forEach(all::add);
    all.addAll(UbuntuCoreCatalogue.snapdRefresh());
    all.addAll(UbuntuCoreCatalogue.appRefresh());
    if (encrypted(profile)) {
      // How keys are sealed to other recovery systems and models is not modelled; boot loaders do change.
      all.removeIf(scenario -> scenario.name().equals(NO_ASSETS) || NEW_SYSTEMS.stream().anyMatch(scenario::is));
      all.addAll(UbuntuCoreCatalogue.sealing());
    }
    if (profile.setting(SERIES).equals("16")) {
      // There snapd comes with the base.
      all.removeIf(scenario -> scenario.refreshed().contains(SNAPD));
    }
    return all.stream().map(CoreScenario::name).toList();
  }

  @Override
  public UpdatingDevice<?> device(Profile profile, String scenario) {
    CoreScenario named = MORE.stream().filter(s -> s.name().equals(scenario)).findFirst()
        .or(() -> UbuntuCoreCatalogue.named(scenario))
        .orElseThrow(() -> new IllegalArgumentException("cannot find scenario " + scenario));
    return device(profile, named);
  }

  /** The device in a scenario that the catalogue need not have. */
  public CoreDevice device(Profile profile, CoreScenario scenario) {
    Platform platform = profile.setting(PLATFORM).equals(REFERENCE) ? Platform.REFERENCE : Platform.SNAPD;
    CoreBoard board = ReferenceBoards.board(profile);
    return (lying(profile) ? board.withMedium(DeviceProfile.EMMC.withLyingFlush()) : board)
        .device(scenario, platform.departing(departures(profile)), profile.setting(MEDIUM).equals(IDEAL));
  }

  private static Set<Departure> departures(Profile profile) {
    EnumSet<Departure> departures = EnumSet.noneOf(Departure.class);
    DEPARTURES.forEach((variant, departure) -> {
      if (profile.has(variant)) {
        departures.add(departure);
      }
    });
    return departures;
  }

  private static boolean encrypted(Profile profile) {
    return profile.setting(SAFETY).equals(ENCRYPTED);
  }

  private static boolean lying(Profile profile) {
    return profile.setting(MEDIUM).equals(LYING);
  }

  @Override
  public List<String> assumptions(Profile profile) {
    List<String> assumptions = new ArrayList<>(List.of(
        "snapd, its initramfs and the boot loaders' protocols were read from source; no device was run",
        "the gadget is a reference gadget with boot scripts of ours; none of its assets change in a refresh, but the"
            + " boot loaders of an encrypted device",
        "apps: one service, one alias and one file of data, which the service writes by rename; hooks write nothing; an"
            + " app that runs is started with every boot until somebody closes it, and nothing is forced after fourteen"
            + " days",
        "snapd: systemd gives up a daemon that ends five times at once, never one that only does not become ready; all"
            + " snaps of one change fail together; no new boot configuration comes with snapd",
        "recovery systems, remodel, installation, factory reset: nothing is encrypted; the first boot takes its"
            + " snaps over in one step, which a cut begins anew; of recover mode only what it writes to the device;"
            + " with lk the one recovery system of the image, whose boot image nobody writes",
        "medium: eMMC with cache, atomic unit 512 bytes, " + (lying(profile) ? "flushes ignored" : "honest flush"),
        "no watchdog: a kernel that hangs stays so, which is assumed and not a fail"));
    if (encrypted(profile)) {
      assumptions.add("encryption: a TPM 2.0 and secure boot whose lists do not change; keys in files; one recovery"
          + " system; power does not fail 32 times in a row before snapd runs, but where the TPM counts; a person who"
          + " types the recovery key is needed, which is no excuse; gadget refreshes replace shim and both GRUBs");
    }
    return assumptions;
  }
}
