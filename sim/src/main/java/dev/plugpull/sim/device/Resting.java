package dev.plugpull.sim.device;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.List;

/**
 * A device between two boots.
 *
 * @param volumes durable content, always in the same order
 * @param remains what outlives a boot beside the volumes
 * @param seen what an observer saw run in the boot that led here, null after a power cut; no program can read it
 * @param <R> what outlives a boot beside the volumes
 * @param <V> what an observer sees
 */
public record Resting<R extends Remains<R>, V>(List<VolumeState> volumes, R remains, V seen) {

  public Resting {
    volumes = List.copyOf(volumes);
  }

  /** The same device with another world around it. */
  public Resting<R, V> with(R other) {
    return new Resting<>(volumes, other, null);
  }

  /** The same device with another content of one volume. */
  public Resting<R, V> with(int volume, VolumeState state) {
    List<VolumeState> changed = new java.util.ArrayList<>(volumes);
    changed.set(volume, state);
    return new Resting<>(changed, remains, null);
  }
}
