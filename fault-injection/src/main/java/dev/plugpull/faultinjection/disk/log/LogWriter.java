package dev.plugpull.faultinjection.disk.log;

import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends entries to a log file. Entries get their positions in the order of the calls; a thread of its own
 * compresses and writes them, at once when it is idle. Safe for several threads.
 *
 * <p>After an error of the host disk every call throws it; what was written until then stays readable.
 */
public final class LogWriter implements AutoCloseable {
  /** Callers wait while more than this is unwritten. */
  private static final int MAX_PENDING_BYTES = 8 << 20;

  private final Path path;
  private final FileChannel file;
  private final LogHeader header;
  private final Thread writer;
  private final Object lock = new Object();
  private RecordBuffer pending = new RecordBuffer();
  private RecordBuffer spare = new RecordBuffer();
  private long position;
  private long appendedBytes;
  private long writtenBytes;
  private boolean closing;
  private IOException failure;

  private LogWriter(Path path, FileChannel file, LogHeader header) {
    this.path = path;
    this.file = file;
    this.header = header;
    this.writer = Thread.ofPlatform().daemon().name("disk log " + path.getFileName()).unstarted(this::run);
  }

  /**
   * Starts a log.
   *
   * @throws IOException {@code cannot record to ...}; also if the file exists, for a recording is never overwritten
   */
  public static LogWriter create(Path path, LogHeader header) throws IOException {
    try {
      FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      LogWriter log = new LogWriter(path, file, header);
      log.writeFully(ByteBuffer.wrap(LogFormat.header(header)));
      log.writer.start();
      return log;
    } catch (FileAlreadyExistsException e) {
      throw new IOException("cannot record to " + path + ": the file exists; move it away or name another", e);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new IOException("cannot record to " + path + ": its folder does not exist", e);
    }
  }

  /** The recorded disks. */
  public LogHeader header() {
    return header;
  }

  /** The file that is written. */
  public Path path() {
    return path;
  }

  /**
   * Records a request.
   *
   * @param data what a write brings; left as it is
   * @return the entry's position, for {@link #completed}
   */
  public long issued(
      int device, int connection, Operation operation, boolean fua, long offset, long length, ByteBuffer data)
      throws IOException {
    synchronized (lock) {
      int before = startEntry();
      pending.issued(device, connection, operation, fua, offset, length, data);
      return endEntry(before);
    }
  }

  /** Records the answer to the request at position {@code request}; {@link LogEntry.Completed} has the meanings. */
  public void completed(long request, int error, boolean lied) throws IOException {
    synchronized (lock) {
      int before = startEntry();
      pending.completed(request, error, lied);
      endEntry(before);
    }
  }

  /** Records a named point and waits until it is in the file. Returns its position. */
  public long mark(String name) throws IOException {
    return textAndSync(RecordBuffer.MARK, name);
  }

  /** Records what the harness does to the disk. Returns its position. */
  public long note(String text) throws IOException {
    return textAndSync(RecordBuffer.NOTE, text);
  }

  /** Records a cut of the power. Returns its position. */
  public long powerCut(String rule) throws IOException {
    return textAndSync(RecordBuffer.POWER_CUT, rule);
  }

  private long textAndSync(int kind, String text) throws IOException {
    long at;
    synchronized (lock) {
      int before = startEntry();
      pending.text(kind, text);
      at = endEntry(before);
    }
    sync();
    return at;
  }

  private int startEntry() throws IOException {
    while (pending.length() > MAX_PENDING_BYTES && failure == null) {
      awaitChange();
    }
    check();
    if (closing) {
      throw new IOException("cannot record to " + path + ": the log is closed");
    }
    return pending.length();
  }

  private long endEntry(int before) {
    appendedBytes += pending.length() - before;
    if (before == 0) {
      lock.notifyAll();
    }
    return position++;
  }

  /** Waits until all entries so far are in the file, where a kill of this process does not reach them. */
  public void sync() throws IOException {
    synchronized (lock) {
      long until = appendedBytes;
      while (writtenBytes < until && failure == null) {
        awaitChange();
      }
      check();
    }
  }

  private void check() throws IOException {
    if (failure != null) {
      throw new IOException("cannot record to " + path + ": " + failure.getMessage(), failure);
    }
  }

  private void awaitChange() throws IOException {
    try {
      lock.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("cannot record to " + path + ": interrupted", e);
    }
  }

  private void run() {
    ZstdJavaCompressor zstd = new ZstdJavaCompressor();
    int frame = 0;
    for (RecordBuffer records = take(null); records != null; records = take(records)) {
      try {
        writeFully(LogFormat.frame(zstd, frame++, records.bytes(), records.length()));
      } catch (IOException | RuntimeException e) {
        fail(e instanceof IOException io ? io : new IOException("compression failed", e));
        return;
      }
    }
  }

  /** Gives back the written buffer and waits for the next one; null at the end. */
  private RecordBuffer take(RecordBuffer written) {
    synchronized (lock) {
      if (written != null) {
        writtenBytes += written.length();
        written.clear();
        spare = written;
        lock.notifyAll();
      }
      boolean interrupted = false;
      while (pending.length() == 0 && !closing) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      RecordBuffer next = pending;
      pending = spare;
      return next.length() == 0 ? null : next;
    }
  }

  private void fail(IOException e) {
    synchronized (lock) {
      failure = e;
      lock.notifyAll();
    }
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** Writes the end record and closes the file; a second call does nothing. */
  @Override
  public void close() throws IOException {
    synchronized (lock) {
      if (closing) {
        return;
      }
      pending.end(position);
      closing = true;
      lock.notifyAll();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
    check();
  }
}
