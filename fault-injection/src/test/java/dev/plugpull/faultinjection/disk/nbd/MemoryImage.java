package dev.plugpull.faultinjection.disk.nbd;

import dev.plugpull.faultinjection.disk.image.DiskImage;
import dev.plugpull.faultinjection.disk.image.Extent;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A plain array as a disk: the base of overlays under test. */
public final class MemoryImage implements DiskImage {
  public final byte[] bytes;

  public MemoryImage(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    into.put(bytes, (int) offset, into.remaining());
  }

  @Override
  public void write(long offset, ByteBuffer from) {
    from.get(bytes, (int) offset, from.remaining());
  }

  @Override
  public void zero(long offset, long length) {
    Arrays.fill(bytes, (int) offset, (int) (offset + length), (byte) 0);
  }

  @Override
  public void flush() {}

  @Override
  public Extent extent(long offset, long limit) {
    return new Extent(limit, Extent.Kind.DATA);
  }

  @Override
  public void close() {}
}
