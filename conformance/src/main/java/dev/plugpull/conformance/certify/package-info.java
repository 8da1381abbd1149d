/**
 * Certification of a vendor's gadget: read it, build the device it describes, explore the catalogue, blame, report.
 *
 * <p>{@link dev.plugpull.conformance.certify.Certification} is the whole of it; {@code BoardReader} makes the device,
 * {@code Blame} exchanges parties, {@code KnownHazard} names what the specification already knows.
 *
 * <p>Fault model: the gadget is untrusted input. What cannot be read is refused in one sentence; what snapd or the boot
 * loader would refuse is a failed certificate; what is not modelled is said not to have been looked at.
 */
package dev.plugpull.conformance.certify;
