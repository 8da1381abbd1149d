/**
 * File systems as rules over pending operations.
 *
 * <p>The two types that matter: {@link dev.plugpull.sim.filesystem.VolumeState} is what survives a power cut,
 * {@link dev.plugpull.sim.filesystem.LiveVolume} is what a boot works on. {@link
 * dev.plugpull.sim.filesystem.PendingWindow} is how a file system tells the crash-state enumerator what may be lost and
 * in which order.
 *
 * <p>Formatters make volumes: {@link dev.plugpull.sim.filesystem.Ext4}, {@link dev.plugpull.sim.filesystem.Fat}, {@link
 * dev.plugpull.sim.filesystem.Btrfs}, {@link dev.plugpull.sim.filesystem.Xfs}, {@link
 * dev.plugpull.sim.filesystem.WeakestPosix}, {@link dev.plugpull.sim.filesystem.RawVolume}. {@link
 * dev.plugpull.sim.filesystem.SharedDisk} joins those that lie behind one cache.
 *
 * <p>Fault model: a power cut keeps any subset of the pending writes that the file system's rules allow. It never
 * changes content that was durable before, except through the opt-in device faults.
 */
package dev.plugpull.sim.filesystem;
