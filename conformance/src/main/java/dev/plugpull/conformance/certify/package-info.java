/**
 * Certification of a vendor's gadget, or of a device profile of any family: read it, build the device it describes,
 * explore the catalogue, blame, report.
 *
 * <p>{@link dev.plugpull.conformance.certify.Certification} begins with a gadget and
 * {@link dev.plugpull.conformance.certify.ProfileCertification} with a profile; both make a {@code Subject}, which
 * {@code Examination} explores, {@code Blame} takes apart and {@code Assessment} puts into a certificate.
 *
 * <p>Fault model: the gadget is untrusted input. What cannot be read is refused in one sentence; what snapd or the boot
 * loader would refuse is a failed certificate; what is not modelled is said not to have been looked at.
 */
package dev.plugpull.conformance.certify;
