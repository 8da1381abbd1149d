/**
 * A vendor's gadget as Plugpull reads it: where its files are, what its {@code gadget.yaml} says, which rules of snapd
 * it breaks, and what an update from an older gadget would touch.
 *
 * <p>Start at {@link dev.plugpull.sim.ubuntucore.gadget.GadgetPackage}, which opens a folder or a {@code .snap};
 * {@link dev.plugpull.sim.ubuntucore.gadget.GadgetInfo} is the typed content and
 * {@link dev.plugpull.sim.ubuntucore.gadget.GadgetValidator} judges it. Rule ids (V1, C1, U1, ...) are those of
 * {@link dev.plugpull.sim.ubuntucore.gadget.GadgetRule}.
 *
 * <p>Fault model: everything here is untrusted text and untrusted archives. Input that cannot be read ends in
 * {@link dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException}; input that can be read but that snapd would
 * refuse ends in findings, all of them and not only the first. Files may be huge, cyclic, binary, or point outside the
 * gadget; nothing outside is opened and nothing is read beyond a limit. Nothing is ever written.
 */
package dev.plugpull.sim.ubuntucore.gadget;
