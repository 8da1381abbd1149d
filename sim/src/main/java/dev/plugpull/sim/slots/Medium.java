package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.VolumeState;

/**
 * One volume of a device.
 *
 * @param name for people
 * @param installed its content on the clean device
 * @param disk number of the device whose cache it shares with others
 * @param raw true if it has no file system
 */
public record Medium(String name, VolumeState installed, int disk, boolean raw) {}
