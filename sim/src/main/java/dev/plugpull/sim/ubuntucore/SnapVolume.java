package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.bootloader.BootVolume;
import dev.plugpull.sim.media.Content;
import java.util.List;

/** The inside of a kernel snap, for a boot loader that loads out of the blob (GRUB on UC16 and UC18). Read-only. */
record SnapVolume(CoreSetup setup, int revision) implements BootVolume {
  private static final List<String> FILES = List.of("initrd.img", "kernel.efi", "kernel.img");

  @Override
  public int disk() {
    return 0;
  }

  @Override
  public int partition() {
    return 0;
  }

  @Override
  public String label() {
    return "";
  }

  @Override
  public String uuid() {
    return "";
  }

  @Override
  public String partitionName() {
    return "";
  }

  @Override
  public String type() {
    return "squashfs";
  }

  @Override
  public Lookup lookup(String path) {
    String name = path.substring(1);
    return FILES.contains(name)
        ? new Lookup.File(setup.kernelFile(revision, name))
        : name.isEmpty() ? new Lookup.Directory() : new Lookup.Missing();
  }

  @Override
  public List<String> list(String directory) {
    return directory.equals("/") ? FILES : List.of();
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    return false;
  }

  @Override
  public boolean rewrite(String path, Content content) {
    return false;
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    return new byte[length];
  }

  @Override
  public void writeRaw(long offset, byte[] data) {
    throw new IllegalStateException("cannot write into a snap: it is read-only");
  }
}
