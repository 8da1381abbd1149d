package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.List;

/**
 * A device between two boots.
 *
 * @param volumes durable content of its partitions, in the order of {@link Layout}
 * @param environment the world around it
 * @param monitors what the contract remembers
 * @param observed what ran in the boot that led here, null after a power cut
 */
public record CoreState(List<VolumeState> volumes, Environment environment, Monitors monitors, Running observed) {}
