/**
 * Chrome OS: vboot firmware, the GPT that counts tries, dm-verity, and update_engine, step by step as their sources
 * have it.
 *
 * <p>{@link dev.plugpull.sim.chromeos.ChromeBoard} says what a device is made of, {@link
 * dev.plugpull.sim.chromeos.ChromeDevice} is one of them inside a scenario. Durability points carry the row ids of the
 * specification: U0 to U21 for an update, B1 to B6 for a first boot, C1 to C5 for the commit.
 *
 * <p>Fault model: the disk has a volatile cache and raw partitions; the kernel's tools write the partition table
 * through the page cache, firmware writes it to the device. The stateful partition is ext4. Non-volatile settings
 * of the firmware may tear (their checksum tells), the TPM's spaces change as a whole. Signatures are keyed
 * digests: nobody in the model forges one. What cannot happen: bit rot, a firmware bug that no variant names, two
 * tools that write the partition table at once.
 */
package dev.plugpull.sim.chromeos;
