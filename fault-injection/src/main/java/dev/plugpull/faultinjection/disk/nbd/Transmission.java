package dev.plugpull.faultinjection.disk.nbd;

import dev.plugpull.faultinjection.disk.DiskErrors;
import dev.plugpull.faultinjection.disk.FaultDisk;
import dev.plugpull.faultinjection.disk.image.Extent;
import dev.plugpull.faultinjection.disk.log.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests and answers of one connection, after the negotiation.
 *
 * <p>All requests that have arrived whole are announced to the disk together before the first of them is carried out,
 * in order: they are in flight at the same time, which is what a recording must say.
 */
final class Transmission {
  private static final int MAX_BATCH = 64;

  private final Handshake.Session session;
  private final FaultDisk disk;
  private final int connection;
  private final Input in;
  private final Output out;
  private final Replies replies;
  private final List<Request> batch = new ArrayList<>(MAX_BATCH);
  private final long[] tickets = new long[MAX_BATCH];
  /** For payloads larger than the input buffer; made when first needed. */
  private ByteBuffer large;

  Transmission(Handshake.Session session, int connection, Input in, Output out) {
    this.session = session;
    this.disk = session.export().disk();
    this.connection = connection;
    this.in = in;
    this.out = out;
    this.replies = new Replies(out, session.structured());
  }

  /** Serves until the client leaves or breaks the protocol beyond repair, or the power is cut. */
  void serve() throws IOException {
    boolean more = true;
    while (more) {
      more = collect();
      for (int i = 0; i < batch.size(); i++) {
        tickets[i] = announce(batch.get(i));
      }
      for (int i = 0; i < batch.size(); i++) {
        if (disk.dead()) {
          return;
        }
        answer(batch.get(i), tickets[i]);
      }
      out.flush();
    }
  }

  /** Waits for a request, then takes all others that are there. False if none will follow. */
  private boolean collect() throws IOException {
    batch.clear();
    Request first = Request.parse(in.require(Nbd.REQUEST_BYTES));
    if (first == null || first.type() == Nbd.CMD_DISC) {
      return false;
    }
    batch.add(receive(first));
    while (batch.size() < MAX_BATCH && nextIsWhole()) {
      Request next = Request.parse(in.peek());
      if (next == null || next.type() == Nbd.CMD_DISC) {
        return false;
      }
      // Everything is in the buffer, so earlier payloads in it are not moved.
      batch.add(receive(next));
    }
    return true;
  }

  private boolean nextIsWhole() {
    ByteBuffer ahead = in.peek();
    if (ahead.remaining() < Nbd.REQUEST_BYTES) {
      return false;
    }
    Request next = Request.parse(ahead.duplicate());
    return next == null || next.payload() <= ahead.remaining() - Nbd.REQUEST_BYTES;
  }

  /** Completes a request by its payload and by the protocol's verdict on it. */
  private Request receive(Request request) throws IOException {
    int error = request.check(session);
    long payload = request.payload();
    if (payload > Export.MAX_PAYLOAD) {
      in.skip(payload);
      return request.refused(DiskErrors.EINVAL);
    }
    if (payload == 0) {
      return request.refused(error);
    }
    int count = (int) payload;
    if (Input.fits(count)) {
      ByteBuffer from = in.require(count);
      ByteBuffer data = from.slice(from.position(), count);
      from.position(from.position() + count);
      return request.with(data).refused(error);
    }
    if (error != DiskErrors.OK) {
      in.skip(payload);
      return request.refused(error);
    }
    if (large == null || large.capacity() < count) {
      large = ByteBuffer.allocateDirect(Math.max(count, 2 << 20));
    }
    in.readFully(large.clear().limit(count));
    return request.with(large.flip());
  }

  private long announce(Request request) throws IOException {
    Operation operation = request.operation();
    if (operation == null || request.error() != DiskErrors.OK) {
      return -1;
    }
    boolean range = operation != Operation.FLUSH;
    return disk.issue(
        connection,
        operation,
        fua(request, operation),
        range ? request.offset() : 0,
        range ? request.length() : 0,
        request.data());
  }

  private static boolean fua(Request request, Operation operation) {
    return request.fua() && operation.changes();
  }

  private void answer(Request request, long ticket) throws IOException {
    Operation operation = request.operation();
    if (operation == null || request.error() != DiskErrors.OK) {
      answerWithoutDisk(request);
      return;
    }
    int error = disk.refusal(operation, request.offset(), request.length());
    if (disk.dead()) {
      return;
    }
    if (operation == Operation.READ) {
      int readError = replies.read(request, disk, error);
      disk.complete(ticket, operation, false, readError);
      return;
    }
    if (error == DiskErrors.OK) {
      error = carryOut(request, operation);
    }
    disk.complete(ticket, operation, fua(request, operation), error);
    replies.simple(request, error);
  }

  private int carryOut(Request request, Operation operation) {
    try {
      if (operation == Operation.FLUSH) {
        disk.flush();
      } else {
        disk.change(operation, request.fua(), request.offset(), request.length(), request.data());
      }
      return DiskErrors.OK;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains("No space left") ? DiskErrors.ENOSPC : DiskErrors.EIO;
    }
  }

  private void answerWithoutDisk(Request request) throws IOException {
    if (request.error() == DiskErrors.OK && request.type() == Nbd.CMD_BLOCK_STATUS) {
      status(request);
    } else if (request.type() == Nbd.CMD_READ || request.type() == Nbd.CMD_BLOCK_STATUS) {
      replies.error(request, request.error());
    } else {
      replies.simple(request, request.error());
    }
  }

  /** Answers with as many extents as are found without reading much; a client asks again for the rest. */
  private void status(Request request) throws IOException {
    final int most = request.flag(Nbd.CMD_FLAG_REQ_ONE) ? 1 : 128;
    final long enough = 64L << 20;
    List<Extent> extents = new ArrayList<>();
    long end = request.offset() + request.length();
    try {
      for (long at = request.offset(); at < end && extents.size() < most && at - request.offset() < enough; ) {
        Extent extent = disk.extent(at, end - at);
        extents.add(extent);
        at += extent.length();
      }
      replies.status(request, extents);
    } catch (IOException e) {
      replies.error(request, DiskErrors.EIO);
    }
  }
}
