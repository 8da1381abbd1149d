/**
 * U-Boot as an interpreted program: environment, hush shell, commands, script images, boot flow and a static lint.
 *
 * <p>Start at {@link dev.plugpull.sim.bootloader.uboot.Uboot}, which runs one power-on, and
 * {@link dev.plugpull.sim.bootloader.uboot.UbootBoard}, which says what was built into the loader.
 * {@link dev.plugpull.sim.bootloader.uboot.UbootEnvironment} and
 * {@link dev.plugpull.sim.bootloader.uboot.SnapdUbootEnvironment} are the two readings of the same bytes on disk.
 *
 * <p>Fault model: nothing but the media survives a reset, so memory, variables and shell state begin empty at every
 * run. The environment may be torn (bad CRC: built-in defaults), missing or stale; a file may be missing or short; a
 * failed load leaves memory and {@code filesize} as they were, so that the next command sees what an earlier load left
 * there. Writes of this loader are not journalled. What cannot happen here: a bit flip in memory, a wrong answer of the
 * storage, a command that takes real time.
 */
package dev.plugpull.sim.bootloader.uboot;
