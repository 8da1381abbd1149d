package dev.plugpull.faultinjection.disk.log;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The log format of Linux's dm-log-writes, which QEMU's blklogwrites driver writes too: one disk, no reads, no answers.
 *
 * <p>Little-endian. Sector 0 holds a magic number, version 1, the number of entries and the sector size. Each entry
 * is a sector with first sector, number of sectors, flags and length of inline data, then the written sectors.
 */
public final class DmLogWrites {
  private static final long MAGIC = 0x6a736677736872L;
  private static final int SUPER_BYTES = 28;
  private static final int ENTRY_BYTES = 32;
  private static final int FLUSH = 1;
  private static final int FUA = 2;
  private static final int DISCARD = 4;
  private static final int MARK = 8;
  private static final int SECTOR_BYTES = 512;
  private static final int MAX_ENTRY_BYTES = 1 << 30;

  private DmLogWrites() {}

  /**
   * Turns a dm-log-writes log into a recording: each entry is issued and completed at once, in order.
   *
   * @param diskBytes size of the disk, which the foreign format does not tell
   * @return the number of entries read
   * @throws IOException {@code cannot import ...}
   */
  public static long importTo(Path dmLog, long diskBytes, Path target) throws IOException {
    try (InputStream file = Files.newInputStream(dmLog);
        DataInputStream in = new DataInputStream(new BufferedInputStream(file, 1 << 16))) {
      ByteBuffer head = take(in, SUPER_BYTES, dmLog, 0);
      if (head.getLong() != MAGIC || head.getLong() != 1) {
        throw new IOException("cannot import " + dmLog + ": it is not a dm-log-writes log of version 1");
      }
      long count = head.getLong();
      int sector = head.getInt();
      if (sector < SECTOR_BYTES || sector > 1 << 16 || Integer.bitCount(sector) != 1) {
        throw new IOException("cannot import " + dmLog + ": sectors of " + sector + " bytes make no sense");
      }
      in.skipNBytes(sector - SUPER_BYTES);
      LogHeader.Device disk = new LogHeader.Device("disk", diskBytes, sector);
      try (LogWriter log = LogWriter.create(target, new LogHeader(List.of(disk)))) {
        for (long i = 0; i < count; i++) {
          importEntry(in, dmLog, i, sector, log);
        }
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(target);
        throw e;
      }
      return count;
    }
  }

  private static void importEntry(DataInputStream in, Path dmLog, long number, int sector, LogWriter log)
      throws IOException {
    ByteBuffer entry = take(in, sector, dmLog, number);
    long offset = entry.getLong() * sector;
    long length = entry.getLong() * sector;
    long flags = entry.getLong();
    long inline = entry.getLong();
    long size = log.header().devices().get(0).size();
    boolean discard = (flags & DISCARD) != 0;
    if (offset < 0 || length < 0 || length > size || offset > size - length || !discard && length > MAX_ENTRY_BYTES) {
      throw new IOException("cannot import " + dmLog + ": entry " + number + " is not on a disk of " + size
          + " bytes; give the size of the disk that was logged");
    }
    if ((flags & FLUSH) != 0) {
      add(log, Operation.FLUSH, false, 0, 0, ByteBuffer.allocate(0));
    }
    if ((flags & MARK) != 0) {
      int count = (int) Math.clamp(inline, 0, sector - ENTRY_BYTES);
      log.mark(new String(entry.array(), ENTRY_BYTES, count, StandardCharsets.UTF_8).strip());
    } else if (discard) {
      add(log, Operation.TRIM, (flags & FUA) != 0, offset, length, ByteBuffer.allocate(0));
    } else if (length > 0) {
      ByteBuffer data = take(in, (int) length, dmLog, number);
      add(log, Operation.WRITE, (flags & FUA) != 0, offset, length, data);
    }
  }

  private static void add(LogWriter log, Operation operation, boolean fua, long offset, long length, ByteBuffer data)
      throws IOException {
    log.completed(log.issued(0, 0, operation, fua, offset, length, data), 0, false);
  }

  private static ByteBuffer take(DataInputStream in, int count, Path dmLog, long entry) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("cannot import " + dmLog + ": it ends inside entry " + entry);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes one disk of a recording as a dm-log-writes log, in the order of that format: a change stands before a flush
   * exactly if it was completed when the flush was issued. What never became durable stands at the end.
   *
   * @return the number of entries written
   * @throws IOException {@code cannot export ...}; also if a request is not made of whole sectors
   */
  public static long exportTo(DiskLog log, int device, Path target) throws IOException {
    List<LogEntry> order = DmOrder.of(log, device);
    try (OutputStream file = Files.newOutputStream(target);
        BufferedOutputStream out = new BufferedOutputStream(file, 1 << 16)) {
      ByteBuffer head = ByteBuffer.allocate(SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.write(head.putLong(MAGIC).putLong(1).putLong(order.size()).putInt(SECTOR_BYTES).array());
      for (LogEntry item : order) {
        switch (item) {
          case LogEntry.Mark mark -> exportMark(out, mark);
          case LogEntry.Issued request -> exportRequest(out, request, target);
          default -> throw new AssertionError(item);
        }
      }
    }
    return order.size();
  }

  private static void exportMark(OutputStream out, LogEntry.Mark mark) throws IOException {
    byte[] name = mark.name().getBytes(StandardCharsets.UTF_8);
    int count = Math.min(name.length, SECTOR_BYTES - ENTRY_BYTES);
    out.write(entry(0, 0, MARK, count).put(name, 0, count).array());
  }

  private static void exportRequest(OutputStream out, LogEntry.Issued request, Path target) throws IOException {
    if (request.offset() % SECTOR_BYTES != 0 || request.length() % SECTOR_BYTES != 0) {
      throw new IOException("cannot export to " + target + ": the request '" + request
          + "' is not made of whole sectors of 512 bytes, which dm-log-writes needs");
    }
    long flags =
        switch (request.operation()) {
          case FLUSH -> FLUSH;
          case TRIM -> DISCARD;
          case READ, WRITE, ZERO -> 0;
        };
    flags |= request.fua() ? FUA : 0;
    out.write(entry(request.offset(), request.length(), flags, 0).array());
    if (request.operation() == Operation.ZERO) {
      byte[] zeros = new byte[1 << 16];
      for (long left = request.length(); left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    }
    out.write(request.data());
  }

  private static ByteBuffer entry(long offset, long length, long flags, long inline) {
    ByteBuffer entry = ByteBuffer.allocate(SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return entry.putLong(offset / SECTOR_BYTES).putLong(length / SECTOR_BYTES).putLong(flags).putLong(inline);
  }
}
