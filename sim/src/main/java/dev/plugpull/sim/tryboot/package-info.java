/**
 * Raspberry Pi tryboot: two slots, one flag in a register that a reset keeps and a power cut does not, and
 * {@code autoboot.txt}.
 *
 * <p>{@link dev.plugpull.sim.tryboot.TrybootDevice} is a device inside a scenario. Durability points: P1 for the
 * slot, P2 for its command line, P3 for the commit of {@code autoboot.txt}.
 *
 * <p>Fault model: {@code autoboot.txt} is one sector on FAT, overwritten in place; slots are raw and not
 * verified at boot; the flag is gone after a power cut, so that a trial is lost. What cannot happen: an update
 * of the EEPROM.
 */
package dev.plugpull.sim.tryboot;
