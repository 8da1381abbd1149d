package dev.plugpull.sim.device;

import java.util.Locale;

/**
 * A step of a model that differs from the real system of today: as it was once, as it must not be, or as somebody
 * proposes. Each family has an enum of its own.
 */
public interface Variant {

  /** The enum's constant. */
  String name();

  /** One line for people. */
  String meaning();

  /** The name as profiles write it. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
