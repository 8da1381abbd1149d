package dev.plugpull.conformance.certify;

import dev.plugpull.reports.Scenario;

/** Hears how a certification goes on. */
public interface Listener {
  /** An exploration goes on; false asks to stop the whole certification. */
  boolean goOn(String scenario, long durableStates, long crashStates, long waiting);

  /** A scenario came to its verdict. */
  void done(Scenario scenario);

  /** States are booted in the real boot loader; false asks to stop. */
  default boolean booting(int booted, int wanted) {
    return true;
  }

  /** A scenario without any fault violates a property: the first thing that is known. */
  void brokenWithoutFault(String scenario, String property, String why);
}
