package dev.plugpull.faultinjection.disk.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What one run of a machine changed on a disk; the disk below stays as it is.
 *
 * <p>Changed blocks stand at their own offset in a sparse scratch file. It is unlinked as soon as it is open, so it
 * goes with the process however that ends, and it lives in the page cache as long as the host has room. The disk
 * below is never closed by the overlay.
 */
public final class Overlay implements DiskImage {
  // A block that is not marked is read from below.
  private static final byte HERE = 1;
  private static final byte ZERO = 2;

  private final DiskImage below;
  private final FileChannel scratch;
  private final BlockMarks marks;
  /** Held alone while a block is copied up from below: a write in between would be lost. Shared by plain writes. */
  private final ReentrantReadWriteLock copyUp = new ReentrantReadWriteLock();

  private Overlay(DiskImage below, FileChannel scratch) {
    this.below = below;
    this.scratch = scratch;
    this.marks = new BlockMarks(Blocks.count(below.size()));
  }

  /** An unchanged overlay on {@code below}, with its scratch file in the folder for temporary files. */
  public static Overlay on(DiskImage below) throws IOException {
    return on(below, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** An unchanged overlay on {@code below}; {@code folder} must have room for what is going to change. */
  public static Overlay on(DiskImage below, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "plugpull-overlay", ".scratch");
    FileChannel scratch =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    // On Linux the option above unlinks at once; elsewhere the file goes at close.
    return new Overlay(below, scratch);
  }

  @Override
  public long size() {
    return below.size();
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    DiskImage.checkRange(offset, into.remaining(), size());
    int end = into.limit();
    long at = offset;
    while (into.position() < end) {
      byte kind = marks.get(at >>> Blocks.SHIFT);
      int run = (int) run(at, end - into.position(), kind);
      into.limit(into.position() + run);
      switch (kind) {
        case HERE -> readScratch(at, into);
        case ZERO -> into.put(zeros(run, into));
        default -> below.read(at, into);
      }
      at += run;
    }
  }

  private static ByteBuffer zeros(int run, ByteBuffer into) {
    for (int left = run; left > Blocks.ZEROS; left -= Blocks.ZEROS) {
      into.put(Blocks.zeros(Blocks.ZEROS));
    }
    return Blocks.zeros(into.remaining());
  }

  private void readScratch(long offset, ByteBuffer into) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int got = scratch.read(into, at);
      if (got < 0) {
        throw new IOException("cannot read the overlay's scratch file: it ends at " + at);
      }
      at += got;
    }
  }

  /** Bytes from {@code offset} on, at most {@code limit}, whose blocks are all marked {@code kind}. */
  private long run(long offset, long limit, byte kind) {
    long end = Math.min(size(), offset + limit);
    long block = (offset >>> Blocks.SHIFT) + 1;
    while ((block << Blocks.SHIFT) < end && marks.get(block) == kind) {
      block++;
    }
    return Math.min(block << Blocks.SHIFT, end) - offset;
  }

  @Override
  public void write(long offset, ByteBuffer from) throws IOException {
    DiskImage.checkRange(offset, from.remaining(), size());
    int end = from.limit();
    long at = offset;
    while (from.position() < end) {
      long block = at >>> Blocks.SHIFT;
      int whole = wholeBlocks(at, end - from.position());
      int count = whole > 0 ? whole : (int) Math.min(end - from.position(), ((block + 1) << Blocks.SHIFT) - at);
      from.limit(from.position() + count);
      if (whole > 0) {
        writeWhole(block, at, from);
      } else {
        writePart(block, at, from);
      }
      at += count;
    }
  }

  /** Bytes from {@code offset} on that fill blocks wholly; the short last block of a disk counts as whole. */
  private int wholeBlocks(long offset, int length) {
    if ((offset & (Blocks.BYTES - 1)) != 0) {
      return 0;
    }
    return offset + length == size() ? length : length & -Blocks.BYTES;
  }

  private void writeScratch(long offset, ByteBuffer from) throws IOException {
    long at = offset;
    while (from.hasRemaining()) {
      at += scratch.write(from, at);
    }
  }

  private void writeWhole(long block, long offset, ByteBuffer from) throws IOException {
    Lock shared = copyUp.readLock();
    shared.lock();
    try {
      long count = Blocks.count(from.remaining());
      writeScratch(offset, from);
      marks.set(block, count, HERE);
    } finally {
      shared.unlock();
    }
  }

  private void writePart(long block, long offset, ByteBuffer from) throws IOException {
    Lock alone = copyUp.writeLock();
    alone.lock();
    try {
      if (marks.get(block) != HERE) {
        long start = block << Blocks.SHIFT;
        ByteBuffer old = ByteBuffer.allocate(Blocks.length(block, size()));
        read(start, old);
        writeScratch(start, old.flip());
        marks.set(block, 1, HERE);
      }
      writeScratch(offset, from);
    } finally {
      alone.unlock();
    }
  }

  @Override
  public void zero(long offset, long length) throws IOException {
    DiskImage.checkRange(offset, length, size());
    long end = offset + length;
    long first = Math.min(end, (offset + Blocks.BYTES - 1) & -Blocks.BYTES);
    long last = end == size() ? end : Math.max(first, end & -Blocks.BYTES);
    if (first > offset) {
      write(offset, Blocks.zeros((int) (first - offset)));
    }
    if (last > first) {
      zeroWhole(first >>> Blocks.SHIFT, Blocks.count(last - first));
    }
    if (end > last) {
      write(last, Blocks.zeros((int) (end - last)));
    }
  }

  private void zeroWhole(long block, long count) {
    Lock shared = copyUp.readLock();
    shared.lock();
    try {
      marks.set(block, count, ZERO);
    } finally {
      shared.unlock();
    }
  }

  /** Nothing to do: the overlay dies with the process, and with the host. */
  @Override
  public void flush() {}

  @Override
  public Extent extent(long offset, long limit) throws IOException {
    byte kind = marks.get(offset >>> Blocks.SHIFT);
    long run = run(offset, limit, kind);
    return switch (kind) {
      case HERE -> new Extent(run, Extent.Kind.DATA);
      case ZERO -> new Extent(run, Extent.Kind.HOLE);
      default -> below.extent(offset, run);
    };
  }

  /** Hands each changed block to {@code changes}, ascending, as it stands now; zero blocks as {@code null}. */
  void changed(Change changes) throws IOException {
    for (long block = marks.next(0); block >= 0; block = marks.next(block + 1)) {
      byte[] content = null;
      if (marks.get(block) == HERE) {
        content = new byte[Blocks.length(block, size())];
        readScratch(block << Blocks.SHIFT, ByteBuffer.wrap(content));
      }
      changes.accept(block, content);
    }
  }

  /** Takes one changed block. */
  interface Change {
    void accept(long block, byte[] content) throws IOException;
  }

  /** Throws the changes away. */
  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
