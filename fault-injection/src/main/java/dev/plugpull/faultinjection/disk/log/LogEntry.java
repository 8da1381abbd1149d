package dev.plugpull.faultinjection.disk.log;

/** One entry of a recording. Its position in the log is its number, from 0. */
public sealed interface LogEntry {

  /**
   * A request reached the disk.
   *
   * @param device index in {@link LogHeader#devices()}
   * @param connection of the client, numbered per recording; requests of several connections may overtake each other
   * @param fua the request shall be durable itself when it completes
   * @param offset in bytes; 0 for a flush
   * @param length in bytes; 0 for a flush
   * @param data the bytes of a write, empty otherwise; not to be changed
   */
  record Issued(int device, int connection, Operation operation, boolean fua, long offset, long length, byte[] data)
      implements LogEntry {

    /** The first byte after the range. */
    public long end() {
      return offset + length;
    }

    @Override
    public String toString() {
      String range = operation == Operation.FLUSH ? "" : " %d+%d".formatted(offset, length);
      return "disk %d, connection %d: %s%s%s"
          .formatted(device, connection, operation.name().toLowerCase(java.util.Locale.ROOT), range, fua ? " fua" : "");
    }
  }

  /**
   * The answer went out.
   *
   * @param request position of the {@link Issued} entry
   * @param error 0, or the error number of the NBD protocol (5 is EIO); a request with an error changed nothing
   * @param lied the disk claimed durability (flush, or write with FUA) without keeping it
   */
  record Completed(long request, int error, boolean lied) implements LogEntry {
    @Override
    public String toString() {
      return "answer to %d%s%s".formatted(request, error == 0 ? "" : ": error " + error, lied ? ", a lie" : "");
    }
  }

  /** A named point, sent by the guest or by the harness. */
  record Mark(String name) implements LogEntry {
    @Override
    public String toString() {
      return "mark " + name;
    }
  }

  /** What the harness did to the disk, in words: a fault switched on or off. */
  record Note(String text) implements LogEntry {
    @Override
    public String toString() {
      return "note: " + text;
    }
  }

  /** The power of all disks of the recording was cut. */
  record PowerCut(String rule) implements LogEntry {
    @Override
    public String toString() {
      return "power cut: " + rule;
    }
  }
}
