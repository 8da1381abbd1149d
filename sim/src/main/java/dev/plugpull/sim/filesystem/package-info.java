/**
 * File systems as rules over pending operations.
 *
 * <p>The two types that matter: {@link dev.plugpull.sim.filesystem.VolumeState} is what survives a power cut,
 * {@link dev.plugpull.sim.filesystem.LiveVolume} is what a boot works on. {@link
 * dev.plugpull.sim.filesystem.PendingWindow} is how a file system tells the crash-state enumerator what may be lost and
 * in which order.
 *
 * <p>Fault model: a power cut keeps any subset of the pending writes that the file system's rules allow. It never
 * changes content that was durable before, except through the opt-in device faults.
 */
package dev.plugpull.sim.filesystem;
