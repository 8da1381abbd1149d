package dev.plugpull.sim.ostree;

import dev.plugpull.sim.filesystem.VolumeState;
import java.util.List;

/**
 * A device between two boots.
 *
 * @param volumes root file system, then {@code /boot} where it is separate
 * @param world the world around it and what it was told
 * @param observed what ran in the boot that led here, null after a power cut
 */
public record OstreeState(List<VolumeState> volumes, World world, Running observed) {}
