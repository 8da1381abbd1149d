package dev.plugpull.sim.ubuntucore.gadget;

import java.util.OptionalLong;

/**
 * One thing that is put into a structure: a file or folder of a file system ({@code source}, {@code target}) or an
 * image of a raw one ({@code image}).
 *
 * @param size declared size of an image in bytes, 0 if not written
 */
public record VolumeContent(
    String source, String target, String image, OptionalLong offset, long size, boolean unpack, Lines lines) {

  private static final String KERNEL = "$kernel:";

  /** True if the source comes from the kernel snap. */
  public boolean isKernelReference() {
    return source.startsWith(KERNEL);
  }

  public int line() {
    return lines.start();
  }
}
