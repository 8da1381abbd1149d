/**
 * Secure boot's measurements and the keys that are sealed to them: PCRs, boot chains, key objects, the TPM's counters.
 * Pure values; who writes them where and when is the business of {@link dev.plugpull.sim.ubuntucore}.
 *
 * <p>Fault model: a key object is a file and can be lost, short or old as any file; the TPM's own memory is written all
 * at once and kept. A boot whose PCRs are not in a key's profile does not open it, nor does any boot once the key's
 * policy version is below the TPM's counter, or while the TPM is locked out. PCR 7 is not modelled: in no scenario do
 * certificates or revocation lists change. What was read: snapd's {@code boot/seal.go}, {@code boot/bootchain.go},
 * {@code secboot}, {@code overlord/fdestate/backend}; no TPM was ever asked.
 */
package dev.plugpull.sim.ubuntucore.sealing;
