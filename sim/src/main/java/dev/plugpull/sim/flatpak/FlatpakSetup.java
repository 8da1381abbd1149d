package dev.plugpull.sim.flatpak;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Variant;
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
  public enum Departure implements Variant {
    CHECKOUT_UNSYNCED("the file system is not synced before a checkout gets its name"),
    UNDEPLOYED_FIRST("the old deployment is removed before the link points to the new one"),
    LOCK_IGNORED("a deployment is removed although its application runs"),
    ADOPTS_DEPLOYMENTS("a deployment that is there already becomes the active one"),
    HOST_WRITABLE("the sandbox of an application has the system mounted read-write"),
    OTHERS_UNDEPLOYED("an update removes what other applications run from"),
    EXPORTS_AGAIN("what is exported is compared even if nothing is new");

    private final String meaning;

    Departure(String meaning) {
      this.meaning = meaning;
    }

    @Override
    public String meaning() {
      return meaning;
    }
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }

  /** The device. */
  public FlatpakDevice device() {
    return new FlatpakDevice(this);
  }
}
