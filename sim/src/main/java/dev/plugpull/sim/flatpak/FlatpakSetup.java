package dev.plugpull.sim.flatpak;

import dev.plugpull.sim.device.Interruption;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A device with two applications and the runtime of one of them; that one and its runtime are updated.
 *
 * @param ideal true: every write is durable at once and in order
 * @param together true if an application and its runtime are released as one: other pairs count as mixed
 * @param running true while the application that is updated is in use
 * @param revertible true if the user may go back to the old commit at rest
 * @param strikes what may strike once, at any crash point
 * @param departures steps that differ from the real system
 */
public record FlatpakSetup(boolean ideal, boolean together, boolean running, boolean revertible,
    SortedSet<Interruption> strikes, SortedSet<Departure> departures) {

  public FlatpakSetup {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  /** A step that differs from the real system of today. */
  public enum Departure {
    /** The file system is not synced before a checkout gets its name (F4). */
    CHECKOUT_UNSYNCED,
    /** The old deployment is removed (F7) before the link points to the new one (F6). */
    UNDEPLOYED_FIRST,
    /** A deployment is removed although its application runs. */
    LOCK_IGNORED,
    /** A deployment that is there already becomes the active one; the real program calls it no change. */
    ADOPTS_DEPLOYMENTS,
    /** What an application exports is compared even if nothing is new. */
    EXPORTS_AGAIN
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }

  /** The device. */
  public FlatpakDevice device() {
    return new FlatpakDevice(this);
  }
}
