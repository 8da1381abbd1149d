/**
 * Devices whose U-Boot counts boots: {@code bootcmd}, {@code altbootcmd}, a limit, and a client that writes the other
 * slot, as Mender and SWUpdate do.
 *
 * <p>{@link dev.plugpull.sim.bootcount.BootCountBoard} is the device, {@link
 * dev.plugpull.sim.bootcount.BootCountDevice} one inside a scenario. U-Boot's scripts run in the interpreter of {@code
 * sim.bootloader.uboot}. Durability points M1 to M11 are the client's steps, {@code uboot} the loader's own writes.
 *
 * <p>Fault model: the environment lies on raw sectors, twice, once, or on flash that erases blocks; slots are raw
 * partitions without verification at boot; the client's record is a file on ext4. What cannot happen: bad blocks, a bit
 * flip, a server that changes its mind while a client downloads.
 */
package dev.plugpull.sim.bootcount;
