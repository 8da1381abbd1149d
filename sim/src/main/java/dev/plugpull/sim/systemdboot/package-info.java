/**
 * systemd-boot with boot counting, and systemd-sysupdate.
 *
 * <p>{@link dev.plugpull.sim.systemdboot.CountingDevice} is a device inside a scenario. Tries are counted in the
 * names of boot entries on the EFI system partition. Durability points: {@code bump} before an entry is started,
 * {@code bless} after a good boot, T1 to T3 for the three transfers that make one version.
 *
 * <p>Fault model: the EFI system partition is FAT, where a rename may leave either name, both or neither; root
 * partitions are raw and not verified at boot. What cannot happen: a firmware that edits boot entries of its own
 * accord.
 */
package dev.plugpull.sim.systemdboot;
