/**
 * Assertions in snapd's format: reading, writing, signing and judging them (spec ubuntu-core 1.2 to 1.7).
 *
 * <p>{@link dev.plugpull.sim.store.assertion.AssertionStream} and {@link dev.plugpull.sim.store.assertion.Assertion}
 * read, {@link dev.plugpull.sim.store.assertion.AssertionSigner} writes,
 * {@link dev.plugpull.sim.store.assertion.ChainVerifier} says where the chain of one assertion ends, and
 * {@link dev.plugpull.sim.store.assertion.AssertionDatabase} is what a device keeps.
 *
 * <p>Fault model: every byte is untrusted. Texts may be cut, flipped, nested, huge, from another account, from another
 * root, expired, not yet valid, revoked, older than what is known, or of a format nobody knows yet; the clock may be
 * wrong. Lengths are bounded before memory is taken, and every defect ends in an
 * {@link dev.plugpull.sim.store.assertion.AssertionException}. What cannot go wrong here: the digest or RSA being
 * broken, and an assertion changing after it was read (it is immutable and keeps the bytes as received).
 */
package dev.plugpull.sim.store.assertion;
