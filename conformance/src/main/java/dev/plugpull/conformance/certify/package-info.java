/**
 * From a vendor's gadget to a certificate: which board the gadget describes, and what is assumed where it says nothing.
 *
 * <p>Fault model: a gadget may be incomplete, contradictory or hostile; what cannot be read is said with file, line and
 * remedy, and what was assumed in its place is printed with the verdict. Nothing is assumed in silence.
 */
package dev.plugpull.conformance.certify;
