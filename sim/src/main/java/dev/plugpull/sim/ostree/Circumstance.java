package dev.plugpull.sim.ostree;

/** What is special about the world of a scenario. */
public enum Circumstance {
  /** A person edits {@code /etc} after the update was prepared and before the reboot. */
  USER_EDITS_ETC,
  /** A network mount whose server is gone: a sync that includes it never returns. */
  DEAD_NETWORK_MOUNT,
  /** Copying a kernel takes a minute of virtual time. */
  SLOW_DISK,
  /** {@code /boot} has room for two kernels and not for three. */
  BOOT_ALMOST_FULL,
  /** A daemon removes a file of {@code /etc} while the merge copies it. */
  FILE_VANISHES,
  /** Something in {@code /var}, which all deployments share, fails every health check. */
  SHARED_DATA_BREAKS_HEALTH,
  /** A file in the oldest deployment has the immutable flag. */
  IMMUTABLE_FILE,
  /** The rollback deployment is pinned. */
  PINNED,
  /** Who rolls back wants the last deployment of the boot list, whatever comes before it. */
  ROLLBACK_TO_LAST,
  /** rpm-ostree: the new commit is the old base with a package on top; kernel and version stay. */
  LAYERED,
  /** The pull fetches a static delta instead of loose objects. */
  STATIC_DELTA
}
