package dev.plugpull.sim.ubuntucore;

/**
 * The revisions of a snap that a scenario speaks of. Real revision numbers are renamed to these (reduction
 * <em>rename</em>): programs compare them for equality and order only.
 */
final class Revisions {

  /** Beyond the retention of three once {@link #NEW} has arrived: it will be discarded. */
  static final int OLDEST = 1;

  static final int OLDER = 2;

  /** Current on the clean device. */
  static final int OLD = 3;

  /** The revision of the explored update. */
  static final int NEW = 4;

  /** The revision of the update after it. */
  static final int NEXT = 5;

  /** {@code refresh.retain} on core: this many revisions stay, the new one included. */
  static final int RETAINED = 3;

  private Revisions() {}
}
