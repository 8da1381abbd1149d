/**
 * Docker on the family seam: what a profile may say, which departures there are, what is tried.
 *
 * <p>Fault model: that of {@link dev.plugpull.sim.docker}.
 */
package dev.plugpull.scenarios.docker;
