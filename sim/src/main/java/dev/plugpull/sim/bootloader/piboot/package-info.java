/**
 * The firmware of Raspberry Pi boards as a boot loader: it reads {@code config.txt} and starts a kernel.
 *
 * <p>{@link dev.plugpull.sim.bootloader.piboot.PiFirmware} is the program.
 *
 * <p>Fault model: it only reads, from FAT, and never writes. The request to try {@code tryboot.txt} once lives in a
 * register that a power cut clears and that the firmware clears as it reads it. What it cannot find it does without; a
 * kernel that is missing leaves it showing a pattern for ever, and one that is cut off is started all the same.
 */
package dev.plugpull.sim.bootloader.piboot;
