/**
 * Flatpak on the family seam: what a profile may say, which departures there are, what is tried.
 *
 * <p>Fault model: that of {@link dev.plugpull.sim.flatpak}.
 */
package dev.plugpull.scenarios.flatpak;
