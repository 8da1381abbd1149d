package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.List;

/** Hears nothing: for runs that are only looked at for where they end. */
final class Deaf implements BootListener<CoreState> {
  @Override
  public Interruption crashPoint(
      String point, String what, List<? extends LiveVolume> volumes, Surviving<CoreState> rest) {
    return Interruption.NONE;
  }

  @Override
  public void step(String actor, String what, String where) {
    // nobody reads it
  }

  @Override
  public boolean tracing() {
    return false;
  }

  @Override
  public void violation(String property, String why) {
    // the real boot reports it
  }
}
