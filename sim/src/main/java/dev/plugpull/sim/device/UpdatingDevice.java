package dev.plugpull.sim.device;

import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Optional;

/**
 * A device of one family inside one scenario: what can be explored.
 *
 * <p>A state {@code S} is immutable and holds everything that outlives a boot: durable media, what a warm reset spares,
 * the environment automaton of the scenario and the monitors. Booting is deterministic in {@link #key}: no clock, no
 * random number and no history enters otherwise.
 *
 * @param <S> the state between two boots
 */
public interface UpdatingDevice<S> {

  /** The clean device on which the scenario begins (already told of the update, if the scenario says so). */
  S start();

  /** Canonical fingerprint: equal keys have equal futures and equal verdicts. */
  Hash128 key(S state);

  /**
   * Runs one boot, from power-on or reset until the machine resets, settles or gets stuck.
   *
   * @param listener hears of every durability point, in order
   */
  BootEnd<S> boot(S state, BootListener<S> listener);

  /** Names of the volumes in the order given to crash points, for people; empty: they are only numbered. */
  default List<String> volumes() {
    return List.of();
  }

  /** Events that may strike at any crash point of a boot from this state (a killed daemon, a user's reboot). */
  List<Interruption> interruptions(S state);

  /** Events that may happen while the device is at rest in this settled state (a revert, a freed disk). */
  List<Event<S>> eventsAtRest(S settled);

  /** The device with the following update on offer; empty where the scenario has none. */
  Optional<S> nextUpdate(S settled);

  /**
   * The same device with nobody there who asks for the update again: what boots after a cut is what the cut left. Empty
   * where the family cannot tell the two apart.
   */
  default Optional<S> unattended(S state) {
    return Optional.empty();
  }

  /** What can be seen of a device that settled, from outside. */
  Observation observe(S settled);

  /** What can be seen of a device that did not settle: the last state before it stuck or looped. */
  default Observation observeUnsettled(S state) {
    return observe(state);
  }

  /** What boots up to now met that keys leave out, in words: if anything, nothing is proved. */
  default List<String> notLookedAt() {
    return List.of();
  }

  /** Variables of the state in words, for a trace: name to value, in display order. */
  List<Variable> describe(S state);

  /** An event with its name and its result. */
  record Event<S>(String name, S result) {}

  /** A variable of durable state, for people. {@code where} is the file or partition it lives in. */
  record Variable(String where, String name, String value) {}
}
