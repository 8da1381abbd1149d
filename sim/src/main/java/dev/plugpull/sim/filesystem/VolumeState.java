package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;

/**
 * The durable content of one volume (a formatted partition or a run of raw sectors) between two boots. Immutable.
 *
 * <p>Three views exist: the <em>live</em> one of a {@link LiveVolume}, the <em>recovered</em> one that the kernel has
 * after journal or log replay, and the <em>boot</em> view of a loader that replays nothing.
 */
public interface VolumeState {

  /** Fingerprint of everything that some program could tell apart, over both views. */
  Hash128 hash();

  /** What the kernel sees after it mounted the volume (journal replayed). Empty tree for raw volumes. */
  Tree recovered();

  /** Fingerprint of everything that the boot loader reads of it, and of which files its writes would hit. */
  default Hash128 bootView() {
    return hash();
  }

  /** True if the boot view equals the recovered one. */
  boolean homeIsCurrent();

  /** The state after an orderly unmount or a journal checkpoint: boot view = recovered view. */
  VolumeState checkpointed();

  /**
   * Opens the volume for one boot. Until {@link LiveVolume#mount()} is called, only the boot loader's operations are
   * possible.
   */
  LiveVolume open();
}
