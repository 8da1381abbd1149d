/**
 * Boot loaders as programs, and the narrow window through which they see a machine.
 *
 * <p>{@link dev.plugpull.sim.bootloader.BootMachine} is what a loader is given,
 * {@link dev.plugpull.sim.bootloader.BootOutcome} is what it answers. Each loader has a folder of its own.
 *
 * <p>Fault model: a loader reads home locations without journal replay, so it may see stale, missing or short files;
 * its own writes are not journalled and go to the device's volatile cache. It keeps nothing over a reset.
 */
package dev.plugpull.sim.bootloader;
