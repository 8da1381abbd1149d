package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
import dev.plugpull.sim.device.Variant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A device and what happens to it.
 *
 * @param scenario what happens
 * @param overlay true: /etc is an overlay (old scheme); false: a subvolume of its own in each snapshot
 * @param healthChecker true if health-checker is installed, with its scripts in GRUB and in the initramfs
 * @param numberLimit how many snapshots of each kind a clean-up leaves
 * @param history what the clean device has behind it
 * @param loader which boot loader, and where it is told its default entry
 * @param tries how often a new boot entry may be tried (/etc/kernel/tries); -1: its boots are not counted
 * @param ideal true: every write is durable at once and in order
 * @param departures steps that differ from the real system
 */
public record MicroOsSetup(
    MicroOsScenario scenario,
    boolean overlay,
    boolean healthChecker,
    int numberLimit,
    History history,
    Loader loader,
    int tries,
    boolean ideal,
    SortedSet<Departure> departures) {

  private static final Grub GRUB = new Grub(GrubConfig.suse("(hd0,gpt2)/boot/grub2"));

  public MicroOsSetup {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  /** A step that differs from the real system of today. */
  public enum Departure implements Variant {
    DEFAULT_SET_FIRST("the default subvolume is set before packages are installed"),
    ROOT_LEFT_WRITABLE("the new snapshot is not made read-only"),
    SCRIPT_WRITES_VAR("a package's script changes what an application keeps in /var (hazard M10)"),
    SUCCESS_TOLD_AT_SET_DEFAULT("success of the update is reported when set-default returns"),
    EXIT_TRAP_ARMED("the exit trap takes a signal during the requested reboot for a failure"),
    OVERLAYS_DELETED_WHOLE("the clean-up of unused overlays removes their parent folder"),
    LAYERS_DROPPED_UNSYNCED("older layers of /etc are dropped although merging them failed"),
    STALE_OVERLAY_KEPT("a new snapshot inherits the overlay of an earlier one with its number"),
    MOUNT_OPTIONS_UNCHECKED("layers of /etc are stacked without a look at the length of mount options"),
    EMERGENCY_HOOK_OFF("the initramfs hook that acts on an emergency never runs"),
    HEALTH_CHECKER_NOT_WANTED("no boot target wants the health checker"),
    KEYS_ROTATED_LATE("the system has only the repository key that has expired"),
    STATE_NAMES_PATH("the good snapshot is noted as a path where the boot loader expects a number"),
    BOOT_FILES_COMPARED("a cure: a file on the EFI partition is compared before it is reused, and synced when copied"),
    ETC_MERGED_BY_RENAME("a cure: /etc is merged with a temporary file, fsync and rename");

    private final String meaning;

    Departure(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }

  /** What a clean device has behind it. */
  public enum History {
    FRESH,
    /** Updated once; its configuration had been edited in the older snapshot, which is still there. */
    UPDATED,
    /** As {@link #UPDATED}, but a clean-up has deleted the older snapshot. */
    PRUNED
  }

  /** Boot loaders of MicroOS. */
  public enum Loader {
    /** GRUB, whose paths begin at the default subvolume. */
    GRUB,
    /** systemd-boot with entries on the EFI partition; the default one stands in an EFI variable. */
    SYSTEMD_BOOT,
    /** The same where EFI variables cannot be written: the default one stands in loader.conf. */
    SYSTEMD_BOOT_LOADER_CONF
  }

  boolean hasBootEntries() {
    return loader != Loader.GRUB;
  }

  boolean aged() {
    return history != History.FRESH;
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }

  Grub grub() {
    return GRUB;
  }

  boolean targetGood() {
    return scenario.target() == MicroOsScenario.Target.GOOD;
  }

  /** How a release behaves: only the one that the scenario is about may be bad. */
  MicroOsScenario.Target behaviour(int release) {
    return release == Release.NEW ? scenario.target() : MicroOsScenario.Target.GOOD;
  }

  /** The device. */
  public MicroOsDevice device() {
    return new MicroOsDevice(this);
  }
}
