package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.media.Content;

/** What {@code linux}, {@code initrd} or {@code chainloader} have put into memory, until {@code boot} starts it. */
final class LoadedKernel {

  Content image;
  String path = "";
  Content initrd;
  String commandLine = "";
  boolean chained;
  int disk;
  int partition;

  boolean isLoaded() {
    return image != null;
  }

  void forget() {
    image = null;
    initrd = null;
    commandLine = "";
    chained = false;
  }
}
