package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;

/**
 * One pending write of a file system: the unit that a power cut keeps or loses.
 *
 * @param <S> the volume state it changes
 */
interface Write<S extends VolumeState> {

  /** The state with this write on disk. Every write that this one needs has been applied before. */
  S apply(S state);

  /** The write in words, for a trace. Made on demand only. */
  String label();

  /** What the write does to any state: writes with equal ones can stand for each other. Null: not told. */
  default Hash128 fingerprint() {
    return null;
  }

  /** True if the write can no longer change anything that stands on {@code base}: then it is forgotten. */
  default boolean moot(S base) {
    return false;
  }

  /** True for damage that a cut may do while the device works: a flush rules it out instead of making it durable. */
  default boolean fault() {
    return false;
  }
}
