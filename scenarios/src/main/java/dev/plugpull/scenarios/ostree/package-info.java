/**
 * OSTree, rpm-ostree and greenboot as a family: what a profile may say, and what is tried.
 *
 * <p>{@link dev.plugpull.scenarios.ostree.OstreeFamily} stands on the family seam.
 *
 * <p>Fault model: that of {@code dev.plugpull.sim.ostree}.
 */
package dev.plugpull.scenarios.ostree;
