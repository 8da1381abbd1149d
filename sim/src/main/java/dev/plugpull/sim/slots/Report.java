package dev.plugpull.sim.slots;

/**
 * What the update software says.
 *
 * @param revision that it calls current, as text; empty if it names none
 * @param change {@code done}, {@code failed}, {@code doing}, {@code none}
 * @param why the reason reported with it, empty if none
 * @param usable false if it cannot take an update any more
 */
public record Report(String revision, String change, String why, boolean usable) {}
