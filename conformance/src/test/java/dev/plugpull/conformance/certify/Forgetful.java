package dev.plugpull.conformance.certify;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Optional;

/** A device that says at each moment that its programs remember nothing: the broken twin of what a moment must tell. */
record Forgetful<S>(UpdatingDevice<S> device) implements UpdatingDevice<S> {

  @Override
  public BootEnd<S> boot(S state, BootListener<S> listener) {
    return device.boot(state, new Blank<>(listener));
  }

  private record Blank<S>(BootListener<S> to) implements BootListener<S> {
    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      return to.crashPoint(point, what, volumes, rest);
    }

    @Override
    public void moment(Hash128 memory, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      to.moment(Hash128.ZERO, volumes, rest);
    }

    @Override
    public void violation(String property, String why) {
      to.violation(property, why);
    }
  }

  @Override
  public S start() {
    return device.start();
  }

  @Override
  public Hash128 key(S state) {
    return device.key(state);
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
