package dev.plugpull.sim.docker;

import dev.plugpull.sim.device.Variant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A device with two applications, one of which is updated.
 *
 * @param layersSynced true if a layer's files are synced before it is registered
 * @param restart policy of every container
 * @param replacement what becomes of the old container before the new one is there
 * @param pruned true if images that no container needs are removed after an update
 * @param ideal true: every write is durable at once and in order
 * @param scenario what is tried
 * @param departures steps that differ from the real system
 */
public record DockerSetup(
    boolean layersSynced,
    RestartPolicy restart,
    Replacement replacement,
    boolean pruned,
    boolean ideal,
    DockerScenario scenario,
    SortedSet<Departure> departures) {

  public DockerSetup {
    departures = Collections.unmodifiableSortedSet(new TreeSet<>(departures));
  }

  /** What an orchestrator does with the old container (C3). */
  public enum Replacement {
    /** It gets another name and is removed when the new one is healthy. */
    RENAME,
    /** It is removed first. */
    REMOVE
  }

  /** A step that differs from the real system of today. */
  public enum Departure implements Variant {
    LAYER_RECORD_UNSYNCED("a layer's record is renamed into the layer database before it is synced"),
    LAYER_RECORD_EMPTIED("pruning empties a layer's record before it removes its folder, which a pull then falls over"),
    VOLUME_OPTIONS_IN_PLACE("options of a volume are written in place"),
    HOST_WRITABLE("containers are privileged and have the host's system mounted"),
    OTHERS_REMOVED("an update removes the containers of other applications as well"),
    UNHEALTHY_STAYS("nobody looks at the health of a new container");

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
