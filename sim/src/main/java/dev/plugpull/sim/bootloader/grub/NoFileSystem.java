package dev.plugpull.sim.bootloader.grub;

import dev.plugpull.sim.bootloader.BootVolume;
import java.util.List;

/** A loop device whose image holds no file system that GRUB can read. */
final class NoFileSystem implements BootVolume {

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
    return "none";
  }

  @Override
  public Lookup lookup(String path) {
    return new Lookup.Missing();
  }

  @Override
  public List<String> list(String directory) {
    return List.of();
  }

  @Override
  public boolean overwrite(String path, long offset, byte[] data) {
    return false;
  }

  @Override
  public boolean rewrite(String path, dev.plugpull.sim.media.Content content) {
    return false;
  }

  @Override
  public byte[] readRaw(long offset, int length) {
    return new byte[length];
  }

  @Override
  public void writeRaw(long offset, byte[] data) {}
}
