package dev.plugpull.sim.device;

import dev.plugpull.sim.media.Hash128;

/**
 * What outlives a boot beside the volumes: the scenario's world, the monitors, memory that needs no power. Immutable.
 *
 * @param <R> the concrete type
 */
public interface Remains<R extends Remains<R>> {

  /** Canonical fingerprint. */
  Hash128 hash();

  /** What is left of it after a power cut; also what may no longer strike then. */
  R afterCut();

  /** What is left of it after something else struck: each scenario's strikes happen once. */
  R afterStrike(Interruption by);
}
