package dev.plugpull.faultinjection.crashfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open regular file. Writes are recorded under one of the names that the file has at that moment. */
final class CrashChannel extends FileChannel {
  private static final int COPY_BYTES = 64 << 10;

  private final CrashFileSystem fileSystem;
  private final StoredFile file;
  private final OpenMode mode;
  private long position;

  CrashChannel(CrashFileSystem fileSystem, StoredFile file, OpenMode mode) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.mode = mode;
  }

  private void requireReadable() throws IOException {
    requireOpen();
    if (!mode.read()) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWritable() throws IOException {
    requireOpen();
    if (!mode.write()) {
      throw new NonWritableChannelException();
    }
  }

  private void requireOpen() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    fileSystem.storage();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    synchronized (fileSystem) {
      requireReadable();
      int count = file.read(position, into);
      position += Math.max(0, count);
      return count;
    }
  }

  @Override
  public int read(ByteBuffer into, long offset) throws IOException {
    requireNotNegative(offset, "read at");
    synchronized (fileSystem) {
      requireReadable();
      return file.read(offset, into);
    }
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      while (into[i].hasRemaining()) {
        int count = read(into[i]);
        if (count < 0) {
          return sum == 0 ? -1 : sum;
        }
        sum += count;
      }
    }
    return sum;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    synchronized (fileSystem) {
      requireWritable();
      if (mode.append()) {
        position = file.size();
      }
      int count = put(position, from);
      position += count;
      return count;
    }
  }

  @Override
  public int write(ByteBuffer from, long offset) throws IOException {
    requireNotNegative(offset, "write at");
    synchronized (fileSystem) {
      requireWritable();
      return put(mode.append() ? file.size() : offset, from);
    }
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += write(from[i]);
    }
    return sum;
  }

  private int put(long offset, ByteBuffer from) throws IOException {
    byte[] bytes = new byte[from.remaining()];
    if (bytes.length == 0) {
      return 0;
    }
    if (offset + bytes.length > Integer.MAX_VALUE - 8) {
      throw new IOException("cannot write at " + offset + ": files of 2 GiB or more are not kept here");
    }
    from.get(bytes);
    file.write(offset, bytes);
    if (!file.names.isEmpty()) {
      String name = file.names.first();
      fileSystem.record(new Operation.Write(name, offset, bytes), mode.append() ? "APPEND" : "");
      if (!mode.sync().isEmpty()) {
        fileSystem.record(new Operation.Force(name), mode.sync());
      }
    }
    return bytes.length;
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    requireOpen();
    requireNotNegative(newPosition, "move to");
    position = newPosition;
    return this;
  }

  private static void requireNotNegative(long offset, String what) {
    if (offset < 0) {
      throw new IllegalArgumentException("cannot " + what + " " + offset + ": negative position");
    }
  }

  @Override
  public long size() throws IOException {
    synchronized (fileSystem) {
      requireOpen();
      return file.size();
    }
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireNotNegative(size, "truncate to");
    synchronized (fileSystem) {
      requireWritable();
      if (size < file.size()) {
        file.truncate(size);
        if (!file.names.isEmpty()) {
          fileSystem.record(new Operation.Truncate(file.names.first(), size), "");
        }
      }
      position = Math.min(position, size);
      return this;
    }
  }

  /** Both kinds count as fsync(2): the volumes know no fdatasync(2). */
  @Override
  public void force(boolean metaData) throws IOException {
    synchronized (fileSystem) {
      requireOpen();
      if (!file.names.isEmpty()) {
        fileSystem.record(new Operation.Force(file.names.first()), "");
      }
    }
  }

  @Override
  public long transferTo(long offset, long count, WritableByteChannel target) throws IOException {
    requireNotNegative(offset, "transfer from");
    long done = 0;
    while (done < count) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(COPY_BYTES, count - done));
      if (read(buffer, offset + done) <= 0) {
        break;
      }
      done += target.write(buffer.flip());
    }
    return done;
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long offset, long count) throws IOException {
    requireNotNegative(offset, "transfer to");
    requireWritable();
    if (offset > size()) {
      return 0;
    }
    long done = 0;
    while (done < count) {
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(COPY_BYTES, count - done));
      if (source.read(buffer) <= 0) {
        break;
      }
      done += write(buffer.flip(), offset + done);
    }
    return done;
  }

  @Override
  public MappedByteBuffer map(MapMode mapMode, long offset, long size) {
    throw new UnsupportedOperationException(
        "cannot map " + (file.names.isEmpty() ? "a deleted file" : file.names.first())
            + " into memory: writes to memory leave no trace that could be recorded; use read and write");
  }

  @Override
  public FileLock lock(long offset, long size, boolean shared) throws IOException {
    return tryLock(offset, size, shared);
  }

  /** Locks are kept within this file system: another process does not exist. */
  @Override
  public FileLock tryLock(long offset, long size, boolean shared) throws IOException {
    synchronized (fileSystem) {
      requireOpen();
      for (FileLock lock : file.locks) {
        if (lock.overlaps(offset, size)) {
          throw new OverlappingFileLockException();
        }
      }
      FileLock lock = new Lock(this, offset, size, shared);
      file.locks.add(lock);
      return lock;
    }
  }

  private static final class Lock extends FileLock {
    private boolean valid = true;

    Lock(CrashChannel channel, long offset, long size, boolean shared) {
      super(channel, offset, size, shared);
    }

    @Override
    public boolean isValid() {
      return valid && channel().isOpen();
    }

    @Override
    public void release() {
      CrashChannel holder = (CrashChannel) channel();
      synchronized (holder.fileSystem) {
        valid = false;
        holder.file.locks.remove(this);
      }
    }
  }

  @Override
  public String toString() {
    return "channel of " + (file.names.isEmpty() ? "a deleted file" : file.names.first());
  }

  @Override
  protected void implCloseChannel() throws IOException {
    synchronized (fileSystem) {
      file.locks.removeIf(lock -> lock.channel() == this);
      if (mode.write() && !file.names.isEmpty() && fileSystem.isOpen()) {
        fileSystem.record(new Operation.Close(file.names.first()), "");
      }
      fileSystem.openFiles().close(file);
    }
  }
}
