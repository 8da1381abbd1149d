/**
 * The one enumerator of crash states, for simulated file systems and for recorded disks.
 *
 * <p>{@link dev.plugpull.faultinjection.crash.CrashStateEnumerator} turns a window of pending writes into the distinct
 * states that a power cut may leave; {@link dev.plugpull.faultinjection.crash.CrashLimits} bounds the effort, and
 * {@link dev.plugpull.faultinjection.crash.CrashStates} says when a bound was reached.
 *
 * <p>Fault model: a power cut keeps any subset of the pending writes that is closed under "needs"; kept writes take
 * effect in the order in which they were issued. Tearing and reordering are told by the window itself (one entry an
 * atomic unit, no need between entries that may be reordered). Nothing else is lost or changed here.
 */
package dev.plugpull.faultinjection.crash;
