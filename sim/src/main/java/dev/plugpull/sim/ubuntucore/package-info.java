/**
 * Ubuntu Core: snapd and the devices that it updates, as a sequence of durability points with the names of the
 * specification.
 *
 * <p>{@link dev.plugpull.sim.ubuntucore.CoreDevice} is the device, {@link dev.plugpull.sim.ubuntucore.CoreScenario}
 * what happens to it.
 *
 * <p>Fault model: only volumes and the boot loader's environment survive a boot; everything else here is RAM and is
 * built anew. A write is as atomic as the primitive that snapd uses for it. Snapd itself is modelled as it is, with its
 * hazards, and is never wrong about what it read.
 */
package dev.plugpull.sim.ubuntucore;
