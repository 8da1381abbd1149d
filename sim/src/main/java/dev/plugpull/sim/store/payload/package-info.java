/**
 * Update payloads of Chrome OS, major version 2 (spec chrome-os 7.2, 7.3).
 *
 * <p>{@link dev.plugpull.sim.store.payload.PayloadWriter} makes and signs, {@link
 * dev.plugpull.sim.store.payload.PayloadReader} judges in the order of the real update engine: header, sizes, metadata
 * signature, manifest, each operation's data, the whole, payload signature. Compressions beside none and xz are not
 * applied, only carried.
 *
 * <p>Fault model: every byte is untrusted and may be missing; what the update server announced (sizes, digests) is
 * trusted as far as the server is. Nothing of the manifest is read before the metadata signature held.
 */
package dev.plugpull.sim.store.payload;
