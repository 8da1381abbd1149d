/**
 * A device that downloads, checks, installs and runs what a store offers: the smallest client of a snap store, by whole
 * files or by deltas (spec ubuntu-core 2.5 to 2.7, steps D2 to D5 and D2', and 1.5, 1.6), or of an OSTree repository,
 * by objects or by static deltas (spec ostree 2).
 *
 * <p>{@link dev.plugpull.sim.download.DownloadDevice} is what can be explored, {@link
 * dev.plugpull.sim.download.DownloadSetup} says which client it is and what happens around it. Its store is the real
 * one of {@link dev.plugpull.sim.store.snap} with real assertions or of {@link dev.plugpull.sim.store.ostree} with real
 * signatures, and what goes wrong on the way comes from {@link dev.plugpull.sim.store.hostile}.
 *
 * <p>Fault model: power fails at every point; one fault of the catalogue begins at any exchange, or at any step if it
 * changes trust or time. Answers may then be cut, changed, mixed, old or missing. What cannot go wrong here: bytes that
 * were durable stay so; the client's own program is whole.
 */
package dev.plugpull.sim.download;
