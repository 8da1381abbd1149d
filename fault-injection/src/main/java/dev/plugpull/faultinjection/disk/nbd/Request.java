package dev.plugpull.faultinjection.disk.nbd;

import dev.plugpull.faultinjection.disk.DiskErrors;
import dev.plugpull.faultinjection.disk.log.Operation;
import java.nio.ByteBuffer;

/**
 * One request, with the error that it has by itself.
 *
 * @param length in bytes, unsigned in the protocol
 * @param data what a write brings; empty otherwise
 * @param error 0 if the request may be carried out
 */
record Request(int flags, int type, long cookie, long offset, long length, ByteBuffer data, int error) {
  private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

  /** Takes the fixed part off {@code from}; null if it does not begin with the magic number. */
  static Request parse(ByteBuffer from) {
    if (from.getInt() != Nbd.REQUEST_MAGIC) {
      return null;
    }
    int flags = Short.toUnsignedInt(from.getShort());
    int type = Short.toUnsignedInt(from.getShort());
    long cookie = from.getLong();
    long offset = from.getLong();
    return new Request(flags, type, cookie, offset, Integer.toUnsignedLong(from.getInt()), NO_DATA, DiskErrors.OK);
  }

  /** Bytes that follow the fixed part. */
  long payload() {
    return type == Nbd.CMD_WRITE ? length : 0;
  }

  Request with(ByteBuffer payload) {
    return new Request(flags, type, cookie, offset, length, payload, error);
  }

  Request refused(int why) {
    return new Request(flags, type, cookie, offset, length, data, why);
  }

  boolean fua() {
    return (flags & Nbd.CMD_FLAG_FUA) != 0;
  }

  boolean flag(int flag) {
    return (flags & flag) != 0;
  }

  /** What the disk is asked; null for what only this server answers. */
  Operation operation() {
    return switch (type) {
      case Nbd.CMD_READ -> Operation.READ;
      case Nbd.CMD_WRITE -> Operation.WRITE;
      case Nbd.CMD_FLUSH -> Operation.FLUSH;
      case Nbd.CMD_TRIM -> Operation.TRIM;
      case Nbd.CMD_WRITE_ZEROES -> Operation.ZERO;
      default -> null;
    };
  }

  /** The error by the rules of the protocol, or 0. */
  int check(Handshake.Session session) {
    int allowed =
        switch (type) {
          case Nbd.CMD_READ -> session.structured() ? Nbd.CMD_FLAG_DF : 0;
          case Nbd.CMD_WRITE_ZEROES -> Nbd.CMD_FLAG_NO_HOLE;
          case Nbd.CMD_BLOCK_STATUS -> Nbd.CMD_FLAG_REQ_ONE;
          default -> 0;
        };
    if ((flags & ~(allowed | Nbd.CMD_FLAG_FUA)) != 0) {
      return DiskErrors.EINVAL;
    }
    return switch (type) {
      case Nbd.CMD_FLUSH -> DiskErrors.OK;
      case Nbd.CMD_READ -> length > Export.MAX_PAYLOAD ? DiskErrors.EINVAL : range(session, DiskErrors.EINVAL);
      case Nbd.CMD_WRITE, Nbd.CMD_WRITE_ZEROES ->
          session.export().disk().readOnly() ? DiskErrors.EPERM : range(session, DiskErrors.ENOSPC);
      case Nbd.CMD_TRIM ->
          session.export().disk().readOnly() ? DiskErrors.EPERM : range(session, DiskErrors.EINVAL);
      case Nbd.CMD_BLOCK_STATUS -> session.status() ? range(session, DiskErrors.EINVAL) : DiskErrors.EINVAL;
      default -> DiskErrors.EINVAL;
    };
  }

  private int range(Handshake.Session session, int beyond) {
    long size = session.export().disk().size();
    if (length == 0 || offset % session.minBlockBytes() != 0 || length % session.minBlockBytes() != 0) {
      return DiskErrors.EINVAL;
    }
    return offset < 0 || length > size || offset > size - length ? beyond : DiskErrors.OK;
  }
}
