package dev.plugpull.scenarios.download;

import dev.plugpull.sim.device.ForwardingDevice;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;

/** A device whose states are equal only if their volumes are equal to the last inode. */
record Unreduced<S>(UpdatingDevice<S> device) implements ForwardingDevice<S> {

  @Override
  public Hash128 key(S state) {
    Resting<?, ?> resting = (Resting<?, ?>) state;
    Hash128 key = device.key(state);
    for (VolumeState volume : resting.volumes()) {
      key = key.then(volume.hash());
    }
    return key;
  }
}
