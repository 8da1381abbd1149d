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
 * @param store what it takes, and from where
 * @param whenRevoked what a client does that runs content when it learns that it is revoked
 * @param deltas whether the client asks for deltas, and what the store offers then
 * @param departures departures from the careful client
 * @param fault what goes wrong with the second update; empty for nothing
 */
public record DownloadSetup(
    boolean ideal, Store store, WhenRevoked whenRevoked, Deltas deltas, SortedSet<Departure> departures,
    Optional<StoreFault> fault) {

  /** Stores that have this client's content. */
  public enum Store {
    /** Snaps, with assertions about them. */
    SNAP,
    /** Commits of an OSTree repository, signed with OpenPGP. */
    OSTREE
  }

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
    /** From each older revision, and each leads to the new one. */
    FITTING,
    /** The same, and what the store serves is of another build: it leads nowhere, or to something else. */
    UNFIT
  }

  public DownloadSetup {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }
}
