/**
 * GLib's binary form of typed values, which OSTree and Flatpak write their objects in.
 *
 * <p>{@link dev.plugpull.sim.store.gvariant.GVariant} is a value, {@link
 * dev.plugpull.sim.store.gvariant.GVariantReader} reads one of a given type. Numbers are little-endian; OSTree turns
 * some of them around, which is its own affair.
 *
 * <p>Fault model: the bytes are untrusted. Only the normal form is read: whatever would not be written again byte for
 * byte is refused, so one value has one form and a signature covers one meaning. Depth and size are bounded.
 */
package dev.plugpull.sim.store.gvariant;
