/**
 * RAUC: slots, a status file, and boot selection by U-Boot or GRUB.
 *
 * <p>{@link dev.plugpull.sim.rauc.RaucBoard} is the device, {@link dev.plugpull.sim.rauc.RaucDevice} one inside a
 * scenario. Boot scripts run in the interpreters of {@code sim.bootloader}. Durability points R1 to R8 are those of the
 * specification.
 *
 * <p>Fault model: U-Boot's variables lie twice on raw sectors, GRUB's in a file on FAT that is truncated and written;
 * slots are raw partitions without verification at boot; status and deployment are files on ext4. What cannot happen: a
 * forged bundle signature, two installations at once.
 */
package dev.plugpull.sim.rauc;
