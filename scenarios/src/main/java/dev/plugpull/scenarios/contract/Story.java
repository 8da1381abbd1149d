package dev.plugpull.scenarios.contract;

import dev.plugpull.sim.device.Observation;

/**
 * One history of a device, told up to where it settled or got stuck. What the contract judges.
 *
 * @param ending how it ended
 * @param why in words: the prompt, the repeated boot, empty when settled
 * @param assumed true if only a missing watchdog keeps it stuck: an assumption, not a violation
 * @param healedByPowerCycle true if one power cycle by a person would let it settle
 * @param boots boots from the last fault until it settled
 * @param undisturbed true if no fault and no event struck in this history
 * @param observation what was seen at the end
 * @param next how the following update went, null where it was not tried
 */
public record Story(
    Ending ending,
    String why,
    boolean assumed,
    boolean healedByPowerCycle,
    int boots,
    boolean undisturbed,
    Observation observation,
    Story next) {

  /** How a history ends. */
  public enum Ending {
    SETTLED,
    /** The same boots for ever, without a finished state. */
    LOOP,
    /** Prompt, halt or hang. */
    STUCK
  }

  boolean settled() {
    return ending == Ending.SETTLED;
  }
}
