package dev.plugpull.sim.store.payload;

/**
 * What the update server's answer says about a payload (spec chrome-os 7.4).
 *
 * @param size of the whole payload in bytes
 * @param sha256 of the whole payload
 * @param metadataSize header and manifest in bytes
 */
public record Announced(long size, byte[] sha256, long metadataSize) {}
