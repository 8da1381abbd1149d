package dev.plugpull.conformance.certify;

import dev.plugpull.sim.device.BootEnd;
import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.ForwardingDevice;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A device whose power fails at certain points only, in every boot and any number of times: what a test of one hazard
 * can explore to the end in no time. The device itself is untouched.
 *
 * @param points what the name of a durability point must match
 */
record CutsAt<S>(UpdatingDevice<S> device, Pattern points) implements ForwardingDevice<S> {

  static <S> CutsAt<S> of(UpdatingDevice<S> device, String points) {
    return new CutsAt<>(device, Pattern.compile(points));
  }

  @Override
  public BootEnd<S> boot(S state, BootListener<S> listener) {
    return device.boot(state, new Filter<>(points, listener));
  }

  private record Filter<S>(Pattern points, BootListener<S> to) implements BootListener<S> {
    @Override
    public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
      return points.matcher(point).matches() ? to.crashPoint(point, what, volumes, rest) : Interruption.NONE;
    }

    @Override
    public void step(String actor, String what, String where) {
      to.step(actor, what, where);
    }

    @Override
    public boolean tracing() {
      return to.tracing();
    }

    @Override
    public void violation(String property, String why) {
      to.violation(property, why);
    }
  }
}
