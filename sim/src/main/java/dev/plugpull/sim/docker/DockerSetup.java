package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Variant;
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
  public enum Departure implements Variant {
    LAYER_RECORD_UNSYNCED("a layer's record is renamed into the layer database before it is synced"),
    VOLUME_OPTIONS_IN_PLACE("options of a volume are written in place");

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
  public DockerDevice device() {
    return new DockerDevice(this);
  }
}
