/**
 * Flatpak repositories: OSTree repositories whose refs are applications and runtimes (spec flatpak-docker A1, A2).
 *
 * <p>{@link dev.plugpull.sim.store.flatpak.FlatpakRepository} publishes; clients judge summary and commits as {@link
 * dev.plugpull.sim.store.ostree.OstreePull} does, with both demanded.
 *
 * <p>Fault model: that of OSTree. In addition the summary's cache may claim other permissions than the commit: the
 * commit is what counts, and {@link dev.plugpull.sim.store.flatpak.FlatpakRepository#checkCache} tells them apart.
 */
package dev.plugpull.sim.store.flatpak;
