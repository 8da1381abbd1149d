package dev.plugpull.sim.microos;

import dev.plugpull.sim.bootloader.grub.Grub;
import dev.plugpull.sim.bootloader.grub.GrubConfig;
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
 * @param ideal true: every write is durable at once and in order
 * @param departures steps that differ from the real system
 */
public record MicroOsSetup(
    MicroOsScenario scenario,
    boolean overlay,
    boolean healthChecker,
    int numberLimit,
    History history,
    boolean ideal,
    SortedSet<Departure> departures) {

  private static final Grub GRUB = new Grub(GrubConfig.suse("(hd0,gpt2)/boot/grub2"));

  public MicroOsSetup {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  /** A step that differs from the real system of today. */
  public enum Departure {
    /** The default subvolume is set as soon as the snapshot exists, before packages are installed. */
    DEFAULT_SET_FIRST,
    /** The new snapshot is not made read-only. */
    ROOT_LEFT_WRITABLE,
    /** Success of the whole update is reported when set-default returns. */
    SUCCESS_TOLD_AT_SET_DEFAULT,
    /** The exit trap is still armed while the reboot is asked for, and takes a signal for a failure. */
    EXIT_TRAP_ARMED,
    /** A clean-up of unused overlays removes their parent folder. */
    OVERLAYS_DELETED_WHOLE,
    /** Only the lowest layer of /etc is kept, although the older ones could not be merged into it. */
    LAYERS_DROPPED_UNSYNCED,
    /** Overlays of deleted snapshots are left, and a new snapshot with the same number does not empty its own. */
    STALE_OVERLAY_KEPT,
    /** The length of mount options is not checked when layers are stacked. */
    MOUNT_OPTIONS_UNCHECKED,
    /** The hook of the initramfs that acts on an emergency never runs. */
    EMERGENCY_HOOK_OFF,
    /** No boot target wants the health checker. */
    HEALTH_CHECKER_NOT_WANTED,
    /** The repository's next key was not in the system when the old one expired. */
    KEYS_ROTATED_LATE,
    /** The health checker's state names the good snapshot by its path, the boot loader expects a number. */
    STATE_NAMES_PATH,
    /** A cure: files of /etc are merged at first boot with a temporary file, fsync and rename. */
    ETC_MERGED_BY_RENAME
  }

  /** What a clean device has behind it. */
  public enum History {
    FRESH,
    /** Updated once; its configuration had been edited in the older snapshot, which is still there. */
    UPDATED,
    /** As {@link #UPDATED}, but a clean-up has deleted the older snapshot. */
    PRUNED
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
