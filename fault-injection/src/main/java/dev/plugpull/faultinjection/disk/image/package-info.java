/**
 * Contents of disks: raw files, copy-on-write overlays for running machines, and immutable crash states.
 *
 * <p>{@link dev.plugpull.faultinjection.disk.image.DiskImage} is the one interface; start with {@link
 * dev.plugpull.faultinjection.disk.image.Overlay} (what a running machine writes to) and {@link
 * dev.plugpull.faultinjection.disk.image.DiskState} (what a power cut left).
 *
 * <p><b>Fault model.</b> The host is honest here: a read returns what was written last, a host error is an {@link
 * java.io.IOException}. Faults of the simulated disk are added above, by {@link
 * dev.plugpull.faultinjection.disk.FaultDisk}. A base image is opened read-only and must not change while it is shared;
 * that it does is the user's error, not detected for writes that keep the length. An overlay lives in an unlinked
 * scratch file, so that a killed process leaves nothing behind.
 */
package dev.plugpull.faultinjection.disk.image;
