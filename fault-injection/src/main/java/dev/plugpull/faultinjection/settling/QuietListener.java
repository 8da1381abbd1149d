package dev.plugpull.faultinjection.settling;

import dev.plugpull.sim.device.BootListener;
import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.filesystem.LiveVolume;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a boot run undisturbed and remembers only what monitors saw.
 *
 * @param <S> the state between two boots
 */
public class QuietListener<S> implements BootListener<S> {
  private final List<Violation> violations = new ArrayList<>();

  /** What monitors saw, in order, each once. */
  public List<Violation> violations() {
    return violations;
  }

  @Override
  public Interruption crashPoint(String point, String what, List<? extends LiveVolume> volumes, Surviving<S> rest) {
    return Interruption.NONE;
  }

  @Override
  public void violation(String property, String why) {
    Violation violation = new Violation(property, why);
    if (!violations.contains(violation)) {
      violations.add(violation);
    }
  }
}
