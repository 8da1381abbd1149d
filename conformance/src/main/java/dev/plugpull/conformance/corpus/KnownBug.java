package dev.plugpull.conformance.corpus;

import dev.plugpull.scenarios.family.ProfileFile;

/**
 * One bug as a pair of devices.
 *
 * @param id such as {@code KB-127}
 * @param broken the device with the bug; names the property that it violates
 * @param fixed the same device without it
 */
public record KnownBug(String id, ProfileFile broken, ProfileFile fixed) {}
