package dev.plugpull.sim.slots;

/** How a new system behaves. */
public enum Behaviour {
  GOOD,
  /** Its kernel panics and the machine resets. */
  PANICS,
  /** Nothing happens any more; a watchdog resets the machine if there is one. */
  HANGS,
  /** Whoever loads it refuses it: its signature, checksum or format is wrong. */
  REFUSED,
  /** It starts, and reading its root file system fails. */
  CORRUPT,
  /** It runs, and its health check says no. */
  UNHEALTHY
}
