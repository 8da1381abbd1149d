package dev.plugpull.conformance.certify;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.ForwardingDevice;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Hash128;
import java.util.List;

/** A device that says at each moment that its programs remember nothing: the broken twin of what a moment must tell. */
record Forgetful<S>(UpdatingDevice<S> device) implements ForwardingDevice<S> {

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
}
