package dev.plugpull.sim.flatpak;

/**
 * What an observer saw of a boot.
 *
 * @param failure what the last update said; empty if its exit code was 0
 */
record Seen(String failure) {}
