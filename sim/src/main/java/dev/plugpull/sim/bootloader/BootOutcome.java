package dev.plugpull.sim.bootloader;

import dev.plugpull.sim.media.Content;

/** How the run of a boot loader ended. */
public sealed interface BootOutcome {

  /**
   * A kernel was started.
   *
   * @param kernel content of the image as loaded
   * @param path where it was loaded from, such as {@code (hd0,gpt3)/EFI/ubuntu/pc-kernel_2.snap/kernel.efi}
   * @param initrd content of the initial RAM disk, null if none was given
   * @param commandLine kernel arguments
   */
  record StartKernel(Content kernel, String path, Content initrd, String commandLine) implements BootOutcome {}

  /**
   * Another EFI program or a boot sector was started: the next loader, or a kernel with an EFI stub.
   *
   * @param arguments what the program is given as its command line, empty if nothing
   */
  record Chainload(Content program, String path, int disk, int partition, String arguments) implements BootOutcome {}

  /** The loader reset the machine. */
  record Reset(boolean cold, String why) implements BootOutcome {}

  record PowerOff(String why) implements BootOutcome {}

  /** A prompt, a menu without timeout or a shell: a person is needed. */
  record Prompt(String why) implements BootOutcome {}

  /** Nothing more happens: only a watchdog or a person can help. */
  record Hang(String why) implements BootOutcome {}

  /** More steps than any terminating boot takes were used. */
  record Endless(String why, long steps) implements BootOutcome {}
}
