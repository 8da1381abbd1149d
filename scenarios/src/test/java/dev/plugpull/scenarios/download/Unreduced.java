package dev.plugpull.scenarios.download;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Resting;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Optional;

/** A device whose states are equal only if their volumes are equal to the last inode. */
record Unreduced<S>(UpdatingDevice<S> device) implements UpdatingDevice<S> {

  @Override
  public Hash128 key(S state) {
    Resting<?, ?> resting = (Resting<?, ?>) state;
    Hash128 key = device.key(state);
    for (VolumeState volume : resting.volumes()) {
      key = key.then(volume.hash());
    }
    return key;
  }

  @Override
  public S start() {
    return device.start();
  }

  @Override
  public BootEnd<S> boot(S state, BootListener<S> listener) {
    return device.boot(state, listener);
  }

  @Override
  public List<String> volumes() {
    return device.volumes();
  }

  @Override
  public List<Interruption> interruptions(S state) {
    return device.interruptions(state);
  }

  @Override
  public List<Event<S>> eventsAtRest(S settled) {
    return device.eventsAtRest(settled);
  }

  @Override
  public Optional<S> nextUpdate(S settled) {
    return device.nextUpdate(settled);
  }

  @Override
  public Observation observe(S settled) {
    return device.observe(settled);
  }

  @Override
  public List<Variable> describe(S state) {
    return device.describe(state);
  }
}
