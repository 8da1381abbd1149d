/**
 * Keys and signatures that the families outside snapd use: RSA with PKCS#1 v1.5, OpenPGP and Ed25519 (spec chrome-os 4
 * and 7.2, ostree 2, flatpak-docker A2).
 *
 * <p>{@link dev.plugpull.sim.store.trust.RsaKey}, {@link dev.plugpull.sim.store.trust.PgpKey} and
 * {@link dev.plugpull.sim.store.trust.Ed25519Key} sign; {@link dev.plugpull.sim.store.trust.RsaPublicKey},
 * {@link dev.plugpull.sim.store.trust.PgpKeyRing} and {@link dev.plugpull.sim.store.trust.Ed25519KeyRing} judge. Every
 * refusal is a {@link dev.plugpull.sim.store.trust.TrustException} with a {@link
 * dev.plugpull.sim.store.trust.TrustException.Defect}.
 *
 * <p>Fault model: signatures and key rings are untrusted bytes, cut, flipped, foreign, expired or revoked; the moment
 * at which they are judged is handed in and may be wrong. What cannot go wrong: RSA, Ed25519 and the digests.
 */
package dev.plugpull.sim.store.trust;
