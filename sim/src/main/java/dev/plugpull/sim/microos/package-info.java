/**
 * openSUSE MicroOS: transactional-update over snapper and btrfs, GRUB that follows the default subvolume,
 * health-checker and its rollback.
 *
 * <p>{@link dev.plugpull.sim.microos.MicroOsDevice} is the device, {@link dev.plugpull.sim.microos.MicroOsSetup} what
 * it is and what happens to it. Durability points have the names of the specification: M1 to M13 of an update, HC of
 * the health checker, C of a clean-up, R of a rollback by hand, S of the configuration's synchronisation, E1
 * to E5 of the entries that systemd-boot reads.
 *
 * <p>Fault model: one btrfs volume and the environment block in its reserved area survive a boot, with systemd-boot the
 * EFI system partition and the firmware's variables, too; everything else is RAM. {@code set-default} is not durable
 * when it returns, and sdbootutil syncs nothing that it writes. GRUB reads the last committed transaction, without the
 * log. Programs are never wrong about what they read.
 */
package dev.plugpull.sim.microos;
