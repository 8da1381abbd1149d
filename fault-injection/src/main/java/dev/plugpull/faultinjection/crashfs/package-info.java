/**
 * Power cuts for Java code that writes through {@code java.nio.file}.
 *
 * <p>{@link dev.plugpull.faultinjection.crashfs.CrashTest} is the way in: a workload runs once on a {@link
 * dev.plugpull.faultinjection.crashfs.CrashFileSystem}, each crash state after each operation goes to a recovery check,
 * and a failure is told as a story. {@link dev.plugpull.faultinjection.crashfs.FileSystemRules} says which file system
 * the cut happens on. Who wants a file system to work with, and cuts of his own, begins at {@code CrashFileSystem.on}.
 *
 * <p>Fault model: the power goes after any operation. What survives is decided by the volumes of {@code
 * dev.plugpull.sim.filesystem} and enumerated by {@code dev.plugpull.faultinjection.crash}; nothing is decided here. A
 * recovery check works on a view over the state, its own writes are recorded, and the power may go during recovery
 * too. Not modelled: a disk that lies about flushes, damage of sectors that were not written, memory-mapped writing
 * (refused), what other processes do.
 */
package dev.plugpull.faultinjection.crashfs;
