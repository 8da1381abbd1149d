package dev.plugpull.faultinjection.disk.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A raw image file. Opened for reading only, it is the base that any number of overlays and states share. */
public final class FileImage implements DiskImage {
  /** Bytes looked at for zeros per {@link #extent} call at most; bounds the time that one status request can take. */
  private static final int SCAN_BYTES = 16 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final boolean readOnly;

  private FileImage(Path path, FileChannel channel, boolean readOnly) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.readOnly = readOnly;
  }

  /**
   * Opens an image that nobody shall change.
   *
   * @throws IOException {@code cannot open disk image ...}
   */
  public static FileImage openReadOnly(Path path) throws IOException {
    return open(path, true);
  }

  /**
   * Opens an image to be changed in place.
   *
   * @throws IOException {@code cannot open disk image ...}
   */
  public static FileImage openWritable(Path path) throws IOException {
    return open(path, false);
  }

  private static FileImage open(Path path, boolean readOnly) throws IOException {
    if (!Files.isRegularFile(path)) {
      String why = Files.exists(path) ? "not a regular file" : "no such file";
      throw new IOException("cannot open disk image " + path + ": " + why);
    }
    try {
      FileChannel channel =
          readOnly
              ? FileChannel.open(path, StandardOpenOption.READ)
              : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      return new FileImage(path, channel, readOnly);
    } catch (java.nio.file.AccessDeniedException e) {
      throw new IOException("cannot open disk image " + path + ": permission denied", e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    DiskImage.checkRange(offset, into.remaining(), size);
    long at = offset;
    while (into.hasRemaining()) {
      int got = channel.read(into, at);
      if (got < 0) {
        throw new EOFException("cannot read " + path + ": it was cut short to less than " + size + " bytes");
      }
      at += got;
    }
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    refuseReadOnly();
    DiskImage.checkRange(offset, from.remaining(), size);
    long at = offset;
    while (from.hasRemaining()) {
      at += channel.write(from, at);
    }
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    refuseReadOnly();
    DiskImage.checkRange(offset, length, size);
    for (long at = offset; at < offset + length; ) {
      ByteBuffer zeros = Blocks.zeros((int) Math.min(Blocks.ZEROS, offset + length - at));
      int count = zeros.remaining();
      write(at, zeros);
      at += count;
    }
  }

  private void refuseReadOnly() {
    if (readOnly) {
      throw new UnsupportedOperationException("cannot write to " + path + ": it was opened for reading only");
    }
  }

  @Override
  public void flush() throws IOException {
    if (!readOnly) {
      channel.force(false);
    }
  }

  @Override
  public Extent extent(long offset, long limit) throws IOException {
    return Blocks.scan(this, offset, Math.min(limit, SCAN_BYTES));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
