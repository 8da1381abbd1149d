/**
 * GRUB as an interpreted program: its script language with its quirks, its environment block, its menu.
 *
 * <p>{@link dev.plugpull.sim.bootloader.grub.Grub} runs a vendor's own files on a
 * {@link dev.plugpull.sim.bootloader.BootMachine}; {@link dev.plugpull.sim.bootloader.grub.GrubEnvironment} is the
 * environment block as GRUB and as snapd read it; {@link dev.plugpull.sim.bootloader.grub.GrubLint} looks at a script
 * without running it.
 *
 * <p>Fault model: every file may be stale, short or missing, because GRUB replays no journal. The only thing it writes
 * is the environment block, over the sectors of the old one, without a flush: a cut leaves both sectors old, both
 * new, or
 * one of each. What is torn can often still be read and never again be written. Nothing in RAM survives a reset. The
 * interpreter is held against Debian's grub-emu; {@code docs/grub-differences.md} lists what is known to differ.
 */
package dev.plugpull.sim.bootloader.grub;
