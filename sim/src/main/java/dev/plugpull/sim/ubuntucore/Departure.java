package dev.plugpull.sim.ubuntucore;

/** A step in which an update software departs from snapd as it is today, usually as an older snapd did. */
public enum Departure {
  /**
   * The downloaded blob is renamed and linked into the cache, and neither file nor folder is synced. Nor does anybody
   * look whether a snap is mounted before the change goes on with it.
   */
  DOWNLOAD_NOT_SYNCED,
  /** A name in the download cache is taken for the blob, whatever its size. */
  CACHE_TRUSTED_BY_NAME,
  /** Boot assets of a gadget are written first, and keys are resealed to them afterwards. */
  RESEALED_AFTER_ASSETS,
  /** A reseal takes the newest kernel for the only one. */
  OLD_CHAIN_FORGOTTEN,
  /** Keys are not resealed when a boot is marked successful. */
  NEVER_TIGHTENED,
  /** The TPM's lock-out counter is never cleared. */
  LOCKOUT_NOT_CLEARED,
  /** The data of a parallel instance is looked for where that of the snap without instance key lies. */
  INSTANCE_KEY_IGNORED,
  /** A recovery system that booted into its initramfs counts as tried, whatever it finds there. */
  TRIAL_NOT_JUDGED,
  /** An installation tells the boot loader to run the system before the system can run. */
  RUN_BEFORE_INSTALLED,
  /** A factory reset makes ubuntu-save anew with the rest. */
  RESET_REMAKES_SAVE,
  /** The base is mounted read-write, and a program changes it. */
  BASE_WRITABLE
}
