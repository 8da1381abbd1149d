/**
 * A small device that other model checkers can describe too, to hold the explorer against them.
 *
 * <p>{@link dev.plugpull.faultinjection.twin.TryCommitDevice} is an A/B update with try and commit over {@link
 * dev.plugpull.faultinjection.twin.CellDisk}s; {@link dev.plugpull.faultinjection.twin.SpinTwin} explores the same
 * protocol with SPIN and with the ordinary explorer.
 *
 * <p>Fault model: a cell is atomic; until the next flush any subset of the written cells survives a cut, a cell that
 * was written twice keeps a prefix of its writes.
 */
package dev.plugpull.faultinjection.twin;
