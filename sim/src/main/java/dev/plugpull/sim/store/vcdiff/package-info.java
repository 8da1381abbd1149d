/**
 * Differences between two contents in the VCDIFF format (RFC 3284) as {@code xdelta3} writes it, which is what the snap
 * store serves as deltas (spec ubuntu-core 2.5).
 *
 * <p>{@link dev.plugpull.sim.store.vcdiff.VcdiffWriter} makes them, {@link dev.plugpull.sim.store.vcdiff.VcdiffReader}
 * applies them.
 *
 * <p>Fault model: a delta holds any bytes and may be made for another source. Every length and address is compared
 * with what is there before it is used, and no more memory is taken than the caller allows. A checksum of 32 bits
 * guards each window; whoever needs more compares the digest of the result. What cannot go wrong here: the source,
 * which the caller has checked.
 */
package dev.plugpull.sim.store.vcdiff;
