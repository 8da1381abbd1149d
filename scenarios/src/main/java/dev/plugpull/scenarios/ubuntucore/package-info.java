/**
 * Ubuntu Core as a family: devices of reference gadgets, described by a profile instead of by a vendor's gadget.
 *
 * <p>Fault model: as {@link dev.plugpull.sim.ubuntucore}; a variant exchanges one step of snapd or one line of a boot
 * script. With {@code platform: reference} the hazards of the specification are absent, so that what is left to find is
 * the variant's.
 */
package dev.plugpull.scenarios.ubuntucore;
