/**
 * A read-only reader of squashfs 4.0 images: what is inside a vendor's {@code .snap}.
 *
 * <p>{@link dev.plugpull.sim.filesystem.squashfs.SquashfsImage} is the door,
 * {@link dev.plugpull.sim.filesystem.squashfs.SquashfsException} is what every defect of an image ends in.
 *
 * <p>Fault model: an image is untrusted. Any field may lie: pointers may leave the file, sizes may be huge, tables may
 * be cyclic, a compressed block may be damaged or may unpack to more than it says, a name may try to leave the root.
 * Every length is checked before memory is taken for it, every walk has a budget, and nothing outside the image is
 * ever opened. What cannot go wrong here: the image changing while it is read (it is opened once; a cut file ends in
 * an exception).
 */
package dev.plugpull.sim.filesystem.squashfs;
