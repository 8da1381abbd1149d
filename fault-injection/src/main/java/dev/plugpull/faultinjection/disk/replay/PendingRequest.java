package dev.plugpull.faultinjection.disk.replay;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.log.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A change that a cut may lose, without the parts that a later change has already replaced for good.
 *
 * @param entry position of the request in the recording
 * @param parts what it would still write, ascending, not empty ranges
 */
record PendingRequest(int entry, LogEntry.Issued request, boolean completed, List<Part> parts) {

  /** A range of the request, in bytes of the disk. */
  record Part(long from, long to) {}

  static PendingRequest of(int entry, LogEntry.Issued request) {
    return new PendingRequest(entry, request, false, List.of(new Part(request.offset(), request.end())));
  }

  PendingRequest complete() {
    return new PendingRequest(entry, request, true, parts);
  }

  /** Without the range, which a later request has made durable. */
  PendingRequest without(long from, long to) {
    List<Part> left = new ArrayList<>();
    for (Part part : parts) {
      if (part.from() < Math.min(part.to(), from)) {
        left.add(new Part(part.from(), Math.min(part.to(), from)));
      }
      if (Math.max(part.from(), to) < part.to()) {
        left.add(new Part(Math.max(part.from(), to), part.to()));
      }
    }
    return new PendingRequest(entry, request, completed, List.copyOf(left));
  }

  DiskState applyTo(DiskState state) throws IOException {
    DiskState result = state;
    for (Part part : parts) {
      result = apply(result, part);
    }
    return result;
  }

  DiskState apply(DiskState state, Part part) throws IOException {
    return switch (request.operation()) {
      case WRITE ->
          state.with(
              part.from(),
              ByteBuffer.wrap(
                  request.data(),
                  (int) (part.from() - request.offset()),
                  (int) (part.to() - part.from())));
      case TRIM, ZERO -> state.withZeros(part.from(), part.to() - part.from());
      case READ, FLUSH -> throw new AssertionError(request);
    };
  }

  /** The parts, cut at each multiple of {@code unit} bytes. */
  List<Part> units(int unit) {
    List<Part> units = new ArrayList<>();
    for (Part part : parts) {
      for (long from = part.from(); from < part.to(); ) {
        long to = Math.min(part.to(), (from / unit + 1) * unit);
        units.add(new Part(from, to));
        from = to;
      }
    }
    return units;
  }
}
