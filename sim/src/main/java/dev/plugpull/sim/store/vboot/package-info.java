/**
 * What Chrome OS firmware checks before it starts a kernel: keyblock and kernel preamble (spec chrome-os 4 and 5).
 *
 * <p>{@link dev.plugpull.sim.store.vboot.KernelBlob} is keyblock, preamble and body as they lie in a kernel partition;
 * {@link dev.plugpull.sim.store.vboot.KernelJudge} says whether firmware would start it, and why not.
 *
 * <p>Fault model: the partition holds any bytes. Offsets and sizes in it are untrusted and are compared with what is
 * there before they are used. What cannot go wrong here: the kernel subkey, which verified firmware carries, and the
 * version in the TPM.
 */
package dev.plugpull.sim.store.vboot;
