/**
 * Stores of all families behind one face: a request in, an answer out, without a network.
 *
 * <p>{@link dev.plugpull.sim.store.StoreFace} is what simulated clients and the HTTP server both talk to. Sub-packages
 * hold the stores themselves ({@link dev.plugpull.sim.store.snap}, {@link
 * dev.plugpull.sim.store.ostree}, {@link dev.plugpull.sim.store.flatpak}, {@link dev.plugpull.sim.store.oci}), and what
 * their clients trust.
 *
 * <p>Fault model: a store here tells the truth about what it holds. Requests
 * are untrusted: whatever does not fit ends in an answer with a 4xx status, never in an exception.
 */
package dev.plugpull.sim.store;
