/**
 * Flatpak: applications and runtimes as checkouts of an OSTree repository, switched by a link.
 *
 * <p>{@link dev.plugpull.sim.flatpak.FlatpakDevice} is the device. Durability points have the names of the
 * specification, F1 to F9; {@code F6.ref}, the record of what is deployed, has no number there and was seen in a trace
 * of the real program.
 *
 * <p>Fault model: one ext4 volume survives a boot. Each reference consists of one object; its checkout is a hard link.
 * A leftover of a checkout stands for all of them: real ones have random names and add up. What is not modelled:
 * extensions, extra data, OCI remotes, the child repository of unprivileged users, triggers of the desktop.
 */
package dev.plugpull.sim.flatpak;
