package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.List;

/**
 * A device between two boots.
 *
 * @param volumes durable content of its media, in the order of {@link SlotDevice#volumes()}
 * @param world the world around it, monitors, and what a warm reset spares
 * @param seen what ran in the boot that led here, null after a power cut
 */
public record SlotState(List<VolumeState> volumes, World world, Seen seen) {

  public SlotState {
    volumes = List.copyOf(volumes);
  }

  public SlotState withWorld(World other) {
    return new SlotState(volumes, other, seen);
  }
}
