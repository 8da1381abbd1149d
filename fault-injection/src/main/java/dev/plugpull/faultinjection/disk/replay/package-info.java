/**
 * From a recording to the states that a power cut would have left at any of its positions.
 *
 * <p>{@link dev.plugpull.faultinjection.disk.replay.LogReplay} walks through a recording; at each position it has the
 * live content and the {@link dev.plugpull.faultinjection.disk.replay.DiskWindow} of pending requests, which the
 * enumerator of {@link dev.plugpull.faultinjection.crash} takes.
 *
 * <p><b>Fault model.</b> Rules D1 to D3 and D5 of a block device. A flush covers the requests that were completed when
 * it was issued; a write with FUA covers itself, when it is completed. A request in flight counts as accepted or not.
 * Kept requests act in the order of their issue; what a later request has made durable, an earlier one no longer
 * changes. A request of several atomic units may be torn at each. A lie of the disk covers nothing. Requests answered
 * with an error changed nothing. Damage of sectors that nobody wrote (D4) is not modelled here.
 */
package dev.plugpull.faultinjection.disk.replay;
