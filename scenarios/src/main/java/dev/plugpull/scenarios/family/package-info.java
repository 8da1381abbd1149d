/**
 * Families of updating systems behind one face: what a profile may say, what is tried, and the device to explore.
 *
 * <p>{@link dev.plugpull.scenarios.family.Family} is that face and {@link dev.plugpull.scenarios.family.Families} lists
 * all of them; {@link dev.plugpull.scenarios.family.ProfileFile} reads the YAML in which a person describes a device or
 * a single scenario of it.
 *
 * <p>Fault model: none of its own; a family's model says what can go wrong. What a profile says and the family does not
 * know is refused, never ignored.
 */
package dev.plugpull.scenarios.family;
