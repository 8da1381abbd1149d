/**
 * A snap store: accounts, keys, snaps, revisions, channels, phased releases, cohorts, epochs, deltas, models,
 * devices with their serials, validation sets and revocation (spec ubuntu-core 2).
 *
 * <p>{@link dev.plugpull.sim.store.snap.SnapStore} is what the store knows and can be told, {@link
 * dev.plugpull.sim.store.snap.SnapApi} the face that snapd talks to. Everything that a client must believe is a real
 * assertion, signed with the store's own keys, which a seed fixes.
 *
 * <p>Fault model: none of its own. A copy of the store from earlier is an older, still signed store: that is how
 * replays are made. Requests are untrusted.
 */
package dev.plugpull.sim.store.snap;
