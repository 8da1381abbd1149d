/**
 * Content, fingerprints, disks and partitions.
 *
 * <p>{@link dev.plugpull.sim.media.DeviceProfile} is what a device promises, {@link dev.plugpull.sim.media.Gpt} and
 * {@link dev.plugpull.sim.media.Mbr} are partition tables byte for byte.
 *
 * <p>Fault model: a disk loses, reorders and tears the writes that its volatile cache still holds at a power cut; it
 * never changes sectors that nobody wrote, unless the opt-in faults (neighbour damage, lying flush) are on.
 */
package dev.plugpull.sim.media;
