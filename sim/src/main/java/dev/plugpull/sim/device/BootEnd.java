package dev.plugpull.sim.device;

/**
 * How a boot ended without a power cut.
 *
 * @param <S> the state between two boots
 */
public sealed interface BootEnd<S> {

  /**
   * The machine resets by itself: an orderly reboot, a panic with {@code panic=-1}, a watchdog, an emergency reboot.
   */
  record Restart<S>(S next, String why) implements BootEnd<S> {}

  /** The machine runs and has nothing more to do. */
  record Settled<S>(S state) implements BootEnd<S> {}

  /**
   * Nothing more happens without a person.
   *
   * @param afterPowerCycle the state after somebody switched it off and on
   * @param assumed true if only a missing watchdog keeps it here: an assumption, no violation
   */
  record Stuck<S>(S state, String why, S afterPowerCycle, boolean assumed) implements BootEnd<S> {}
}
