/**
 * Known bugs found again: pairs of profiles, one with the historic step and one without, explored from a clean device.
 *
 * <p>{@link dev.plugpull.conformance.corpus.Corpus} reads the pairs, {@link
 * dev.plugpull.conformance.corpus.Reproduction} is what came of one.
 *
 * <p>Fault model: that of the families. A pair is as expected only if the broken device violates the property that the
 * bug violated, and the fixed device, explored in the same way to its fixpoint, violates nothing.
 */
package dev.plugpull.conformance.corpus;
