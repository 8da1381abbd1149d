package dev.plugpull.sim.slots;

/** How firmware and boot loader end. */
public sealed interface PowerOn {

  /** A system was started; how it behaves follows from its revision. */
  record Started(Seen system) implements PowerOn {}

  /** The machine resets. */
  record Resets(String why) implements PowerOn {}

  /** Nothing more happens without a person: a prompt, a screen, a halt. */
  record Stops(String why) implements PowerOn {}
}
