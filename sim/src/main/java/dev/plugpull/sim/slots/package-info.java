/**
 * What devices that update into a second copy of the system have in common: two slots, a loader that tries and counts,
 * and software that writes the other slot and confirms itself.
 *
 * <p>A family extends {@link dev.plugpull.sim.slots.SlotDevice}; while it is powered on, it works on a {@link
 * dev.plugpull.sim.slots.SlotMachine}. {@link dev.plugpull.sim.slots.SlotScenario} is what happens to it.
 *
 * <p>Fault model: power may fail at every point that the machine announces; then the volumes keep what their rules
 * keep, facts of the world whose name begins with {@code warm.} are lost, and nothing else is left. A warm reset keeps
 * those facts and what the device's cache holds. Images are refused or damaged as a whole: nobody runs half a block.
 */
package dev.plugpull.sim.slots;
