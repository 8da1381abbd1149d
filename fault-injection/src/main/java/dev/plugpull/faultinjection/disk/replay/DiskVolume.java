package dev.plugpull.faultinjection.disk.replay;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;

/** A state of a real disk in the hands of the enumerator, which asks it for its fingerprint only. */
public record DiskVolume(DiskState disk) implements VolumeState {
  @Override
  public Hash128 hash() {
    return disk.hash();
  }

  /** Empty: only the real machine knows what is on the disk. */
  @Override
  public Tree recovered() {
    return Tree.EMPTY;
  }

  @Override
  public boolean homeIsCurrent() {
    return true;
  }

  @Override
  public VolumeState checkpointed() {
    return this;
  }

  @Override
  public LiveVolume open() {
    throw new UnsupportedOperationException("a state of a real disk is booted by a real machine");
  }
}
