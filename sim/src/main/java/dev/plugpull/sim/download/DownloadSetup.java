package dev.plugpull.sim.download;

import dev.plugpull.sim.store.hostile.StoreFault;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which client, and what happens around it.
 *
 * @param ideal whether every write is durable at once and in order
 * @param whenRevoked what a client does that runs content when it learns that it is revoked
 * @param deltas whether the client asks for deltas, and what the store offers then
 * @param departures departures from the careful client
 * @param fault what goes wrong with the second update; empty for nothing
 */
public record DownloadSetup(
    boolean ideal, WhenRevoked whenRevoked, Deltas deltas, SortedSet<Departure> departures,
    Optional<StoreFault> fault) {

  /** Policies of a scenario for content that runs when its revocation is learned. */
  public enum WhenRevoked {
    /** Goes back to the revision before. */
    GO_BACK,
    /** Goes on running it and installs nothing revoked. */
    KEEP
  }

  /** What a store has beside whole files. */
  public enum Deltas {
    NONE,
    /** From each older revision. */
    XDELTA3,
    /** The same, made to another build of the new revision: they apply, and make something else. */
    UNFIT
  }

  public DownloadSetup {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }
}
