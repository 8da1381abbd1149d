/**
 * A gadget's own boot script in the real boot loader: durable states that an exploration reached are written out as
 * disks, booted in Debian's GRUB or U-Boot under QEMU, and compared with what the interpreter made of them.
 *
 * <p>A {@link dev.plugpull.conformance.realboot.LoaderCheck} hears of explored states and answers with the section of
 * the certificate. In place of kernels lie small programs that report what they were handed.
 *
 * <p>What can go wrong: a loader that says nothing for a long time is taken to stand still; what a build of Debian does
 * not have is replaced, and each replacement is named in the report. What cannot go wrong: nothing of a state is
 * mounted on this machine, and a disk that was booted is thrown away unless the two disagreed on it.
 */
package dev.plugpull.conformance.realboot;
