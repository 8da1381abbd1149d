/**
 * Real machines: what they are made of, how they start an update, and how a boot of theirs ends.
 *
 * <p>A {@link dev.plugpull.conformance.machine.Target} is read from YAML. {@link
 * dev.plugpull.conformance.machine.ImageBuilder} makes its disks from Debian's binary packages, without mounts, and
 * keeps them by the content of their recipe. {@link dev.plugpull.conformance.machine.Machine} is one run of QEMU on
 * disks of ours; {@link dev.plugpull.conformance.machine.BootWatcher} says how its boot ended.
 *
 * <p><b>Fault model.</b> The guest may print anything, never come up, restart for ever, or fill the console; a boot
 * still ends, at the latest with its time. The emulator itself may be at fault, so nothing that one boot shows is
 * believed when it is bad. However this process ends, kill -9 included, its machines, sockets and scratch files go
 * with it ({@link dev.plugpull.conformance.machine.RunFolder}).
 */
package dev.plugpull.conformance.machine;
