package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.Interruption;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A device with two applications, one of which is updated.
 *
 * @param layersSynced true if a layer's files are synced before it is registered
 * @param ideal true: every write is durable at once and in order
 * @param strikes what may strike once, at any crash point
 * @param departures steps that differ from the real system
 */
public record DockerSetup(
    boolean layersSynced, boolean ideal, SortedSet<Interruption> strikes, SortedSet<Departure> departures) {

  public DockerSetup {
    strikes = Collections.unmodifiableSortedSet(new TreeSet<>(strikes));
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  /** A step that differs from the real system of today. */
  public enum Departure {
    /** The record of a layer is renamed into the layer database before it is synced. */
    LAYER_RECORD_UNSYNCED,
    /** Options of a volume are written in place. */
    VOLUME_OPTIONS_IN_PLACE
  }

  boolean has(Departure departure) {
    return departures.contains(departure);
  }

  /** The device. */
  public DockerDevice device() {
    return new DockerDevice(this);
  }
}
