/**
 * Content, fingerprints, disks and partitions.
 *
 * <p>Fault model: a disk loses, reorders and tears the writes that its volatile cache still holds at a power cut; it
 * never changes sectors that nobody wrote, unless the opt-in faults (neighbour damage, lying flush) are on.
 */
package dev.plugpull.sim.media;
