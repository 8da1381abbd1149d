/**
 * OSTree, rpm-ostree and greenboot: repository, deployments, boot configuration and automatic rollback, step by step as
 * the specification numbers them.
 *
 * <p>{@link dev.plugpull.sim.ostree.OstreeBoard} describes a device, {@link dev.plugpull.sim.ostree.OstreeScenario}
 * what happens to it, {@link dev.plugpull.sim.ostree.OstreeDevice} is what an explorer drives. A {@link
 * dev.plugpull.sim.ostree.Departure} exchanges one step for a historic or a proposed one.
 *
 * <p>Fault model: power may fail at every numbered write; the file systems say what is left. The boot loader reads
 * without journal replay, the initramfs mounts only the file system that holds {@code /ostree}, user space mounts
 * {@code /boot}. Staging lives in RAM and dies with any reset. One file stands for all files of {@code /usr}, one for
 * {@code /etc} and one for {@code /var}; one for all deployment refs of the repository.
 */
package dev.plugpull.sim.ostree;
