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
import java.util.regex.Pattern;

/**
 * A device whose power fails at certain points only, in every boot and any number of times: what a test of one hazard
 * can explore to the end in no time. The device itself is untouched.
 *
 * @param points what the name of a durability point must match
 */
record CutsAt<S>(UpdatingDevice<S> device, Pattern points) implements UpdatingDevice<S> {

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

  @Override
  public S start() {
    return device.start();
  }

  @Override
  public Hash128 key(S state) {
    return device.key(state);
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
  public Observation observeUnsettled(S state) {
    return device.observeUnsettled(state);
  }

  @Override
  public List<Variable> describe(S state) {
    return device.describe(state);
  }
}
