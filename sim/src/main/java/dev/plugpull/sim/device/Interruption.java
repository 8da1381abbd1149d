package dev.plugpull.sim.device;

/** What can strike a running machine at a crash point, other than a power cut. */
public enum Interruption {
  NONE,
  /** The update daemon dies and is started again; the page cache stays. */
  DAEMON_KILLED,
  /** A person asks for an orderly reboot: everything is synced. */
  USER_REBOOT,
  /** A person switches off in an orderly way: synced, and what a warm reset would spare is lost. */
  POWER_OFF,
  /** Reset button or watchdog: the page cache is lost, the device cache and RAM counters are spared. */
  WARM_RESET,
  /** The disk fills up. */
  DISK_FULL
}
