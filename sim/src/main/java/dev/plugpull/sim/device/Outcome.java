package dev.plugpull.sim.device;

/** Where a device ended, the words used everywhere. */
public enum Outcome {
  /** Exactly the system from before the update. */
  OLD,
  /** Exactly the system of the update. */
  NEW,
  /** A combination that nobody released. */
  MIXED,
  /** Alive, but cannot be updated any more. */
  STUCK,
  /** Does not come back by itself. */
  BRICK;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
