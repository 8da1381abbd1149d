package dev.plugpull.sim.device;

import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.List;

/**
 * Hears nothing: for runs that are only looked at for where they end.
 *
 * @param <S> the state between two boots
 */
public class Deaf<S> implements BootListener<S> {
  private boolean wrote;

  /** True if the run passed a crash point: it wrote something. */
  public final boolean wrote() {
    return wrote;
  }

  @Override
  public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
    wrote = true;
    return Interruption.NONE;
  }

  @Override
  public void violation(String property, String why) {
    // the real boot reports it
  }
}
