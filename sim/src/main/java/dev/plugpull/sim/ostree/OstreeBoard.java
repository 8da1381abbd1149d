package dev.plugpull.sim.ostree;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A device before any scenario.
 *
 * @param root file system that holds {@code /ostree}
 * @param separateBoot true if {@code /boot} is an ext4 partition of its own; else it is a folder of the root file
 *     system
 * @param backend what libostree writes for the boot loader, and which loader reads it
 * @param staged true if the update is prepared while the system runs and finalized at shutdown
 * @param greenboot automatic rollback
 * @param attempts how often greenboot lets a new deployment try (GREENBOOT_MAX_BOOT_ATTEMPTS), 1 to 9
 * @param atomicEnvironment true if user space replaces {@code grubenv} by rename, false if as grub2-editenv: truncate
 *     and write
 * @param composefs true if the root is a composefs image with verified content
 * @param readOnlySysroot true if {@code /sysroot} is mounted read-only for everybody but the updater
 * @param updatedBefore true if there is a rollback deployment already
 * @param watchdog true if a panic or hang of the kernel resets the board
 * @param lagging true if what the boot loader reads may lag behind the journal; false looks away from that
 * @param idealMedium the medium's twin: every write is durable at once, in order
 * @param departures steps done otherwise
 */
public record OstreeBoard(
    RootFileSystem root,
    boolean separateBoot,
    Backend backend,
    boolean staged,
    Greenboot greenboot,
    int attempts,
    boolean atomicEnvironment,
    boolean composefs,
    boolean readOnlySysroot,
    boolean updatedBefore,
    boolean watchdog,
    boolean lagging,
    boolean idealMedium,
    Set<Departure> departures) {

  /** File systems that hold {@code /ostree}. */
  public enum RootFileSystem { EXT4, EXT4_WRITEBACK, XFS, BTRFS }

  /** Boot configurations of libostree. */
  public enum Backend {
    /** {@code grub.cfg} is a link into {@code /boot/loader}, generated anew for each boot version. */
    GRUB2,
    /** A static {@code grub.cfg} with blscfg; libostree writes entries only. */
    NONE,
    /** {@code syslinux.cfg} through a link, read by extlinux or GRUB's syslinuxcfg. */
    SYSLINUX,
    /** {@code uEnv.txt}, imported by a U-Boot script. */
    UBOOT,
    /** s390x: a stamp, and after the swap a boot record that lists blocks. */
    ZIPL,
    /** Android: a stamp, and after the swap an image in one of two slots. */
    ABOOT
  }

  /** Which greenboot. */
  public enum Greenboot { NONE, SHELL, RUST }

  public OstreeBoard {
    departures = Collections.unmodifiableSet(new TreeSet<>(departures));
    boolean grub = backend == Backend.GRUB2 || backend == Backend.NONE;
    boolean bootOnExt4 = separateBoot || root == RootFileSystem.EXT4 || root == RootFileSystem.EXT4_WRITEBACK
        || root == RootFileSystem.XFS;
    if (greenboot != Greenboot.NONE && !(grub && bootOnExt4 && staged)) {
      throw new IllegalArgumentException("cannot make a device with greenboot: it needs GRUB (backend grub2 or none), "
          + "staged updates, and a /boot on which GRUB can write (not btrfs)");
    }
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }

  /** The device inside a scenario. */
  public OstreeDevice device(OstreeScenario scenario) {
    return new OstreeDevice(Installer.install(this, scenario));
  }
}
