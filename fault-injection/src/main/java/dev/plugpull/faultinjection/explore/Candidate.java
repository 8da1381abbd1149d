package dev.plugpull.faultinjection.explore;

import dev.plugpull.sim.device.Observation;

/**
 * A state that a boot led to and that may be a new node.
 *
 * @param rawHi fingerprint of the content, for states that a cut left
 * @param cut true if the state was left by a cut, so that {@code rawHi} and {@code rawLo} mean something
 * @param state null if an earlier candidate has the same content
 * @param halted null, or what stopped the device for good: then the node is not booted
 * @param <S> the state between two boots
 */
record Candidate<S>(
    long rawHi, long rawLo, boolean cut, long keyHi, long keyLo, S state, Edge edge, int cost, Halted<S> halted) {

  /**
   * A device that got stuck by a strike.
   *
   * @param powerCycle index of the candidate that is the state after a power cycle
   */
  record Halted<S>(String why, boolean assumed, S last, Observation observation, int powerCycle) {}
}
