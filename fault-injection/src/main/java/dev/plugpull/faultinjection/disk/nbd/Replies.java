package dev.plugpull.faultinjection.disk.nbd;

import dev.plugpull.faultinjection.disk.DiskErrors;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes answers in the form that was agreed. */
final class Replies {
  private static final int CHUNK_BYTES = 20;
  /** Data bytes that are put into the output at once. */
  private static final int PIECE_BYTES = Output.BUFFER_BYTES - 64;

  private final Output out;
  private final boolean structured;

  Replies(Output out, boolean structured) {
    this.out = out;
    this.structured = structured;
  }

  void simple(Request request, int error) throws IOException {
    out.room(16).putInt(Nbd.SIMPLE_REPLY_MAGIC).putInt(error).putLong(request.cookie());
  }

  /** Refuses a request whose answer is made of chunks once these were agreed. */
  void error(Request request, int error) throws IOException {
    if (structured) {
      chunk(out.room(CHUNK_BYTES + 6), request, Nbd.CHUNK_DONE, Nbd.CHUNK_ERROR, 6).putInt(error).putShort((short) 0);
    } else {
      simple(request, error);
    }
  }

  /** Answers a read, with {@code refusal} if that is an error. Returns the error that the client is told. */
  int read(Request request, FaultDisk disk, int refusal) throws IOException {
    if (refusal != DiskErrors.OK) {
      error(request, refusal);
      return refusal;
    }
    return structured && !request.flag(Nbd.CMD_FLAG_DF) ? readInChunks(request, disk) : readWhole(request, disk);
  }

  private int readInChunks(Request request, FaultDisk disk) throws IOException {
    long end = request.offset() + request.length();
    for (long at = request.offset(); at < end; ) {
      int count = piece(end - at);
      ByteBuffer to = out.room(CHUNK_BYTES + 8 + count);
      int start = to.position();
      int flags = at + count == end ? Nbd.CHUNK_DONE : 0;
      chunk(to, request, flags, Nbd.CHUNK_OFFSET_DATA, 8 + count).putLong(at);
      if (!fill(to, disk, at, count)) {
        to.position(start);
        error(request, DiskErrors.EIO);
        return DiskErrors.EIO;
      }
      at += count;
    }
    return DiskErrors.OK;
  }

  /** A simple reply, or one chunk: the answer has begun when a late piece fails, and only hanging up is left. */
  private int readWhole(Request request, FaultDisk disk) throws IOException {
    long end = request.offset() + request.length();
    boolean first = true;
    for (long at = request.offset(); at < end; ) {
      int count = piece(end - at);
      ByteBuffer to = out.room(CHUNK_BYTES + 8 + count);
      int start = to.position();
      if (first) {
        beginWhole(to, request);
      }
      if (!fill(to, disk, at, count)) {
        if (!first) {
          throw new IOException("cannot finish the answer to a read: the image cannot be read at " + at);
        }
        to.position(start);
        error(request, DiskErrors.EIO);
        return DiskErrors.EIO;
      }
      first = false;
      at += count;
    }
    return DiskErrors.OK;
  }

  private void beginWhole(ByteBuffer to, Request request) {
    if (structured) {
      chunk(to, request, Nbd.CHUNK_DONE, Nbd.CHUNK_OFFSET_DATA, 8 + (int) request.length()).putLong(request.offset());
    } else {
      to.putInt(Nbd.SIMPLE_REPLY_MAGIC).putInt(DiskErrors.OK).putLong(request.cookie());
    }
  }

  private static int piece(long left) {
    return (int) Math.min(left, PIECE_BYTES & -4096);
  }

  private static boolean fill(ByteBuffer to, FaultDisk disk, long offset, int count) {
    int end = to.position() + count;
    try {
      disk.read(offset, to.limit(end));
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      to.limit(to.capacity());
    }
  }

  void status(Request request, List<Extent> extents) throws IOException {
    int length = 4 + 8 * extents.size();
    ByteBuffer to = out.room(CHUNK_BYTES + length);
    chunk(to, request, Nbd.CHUNK_DONE, Nbd.CHUNK_BLOCK_STATUS, length).putInt(Nbd.BASE_ALLOCATION_ID);
    for (Extent extent : extents) {
      to.putInt((int) extent.length());
      to.putInt(
          switch (extent.kind()) {
            case DATA -> 0;
            case ZERO -> Nbd.STATE_ZERO;
            case HOLE -> Nbd.STATE_HOLE | Nbd.STATE_ZERO;
          });
    }
  }

  private static ByteBuffer chunk(ByteBuffer to, Request request, int flags, int type, int length) {
    to.putInt(Nbd.STRUCTURED_REPLY_MAGIC).putShort((short) flags).putShort((short) type);
    return to.putLong(request.cookie()).putInt(length);
  }
}
