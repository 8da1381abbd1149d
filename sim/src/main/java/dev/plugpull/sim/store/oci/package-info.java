/**
 * Container images by digest: an index names a manifest, which names configuration and layers (spec flatpak-docker B1,
 * B2).
 *
 * <p>{@link dev.plugpull.sim.store.oci.OciImage} makes an image layout; {@link dev.plugpull.sim.store.oci.OciPull}
 * follows the chain of digests from a trusted digest to the unpacked layers and refuses whatever does not fit.
 *
 * <p>Fault model: every blob is untrusted. A tag is trusted by nobody: it may name an older or another image, which a
 * chain of digests cannot tell. Layers are bounded before they are unpacked.
 */
package dev.plugpull.sim.store.oci;
