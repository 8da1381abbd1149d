package dev.plugpull.faultinjection.disk.log;

import java.util.BitSet;

/**
 * The sectors of one disk whose first content reached the guest before the guest overwrote it: two disks that agree on
 * them look the same to this run.
 */
public final class ReadSet {
  /** Bytes of a sector. */
  public static final int SECTOR_BYTES = 512;

  private final BitSet sectors = new BitSet();

  private ReadSet() {}

  /** The read set of one disk in a recording. */
  public static ReadSet of(DiskLog log, int device) {
    ReadSet result = new ReadSet();
    BitSet written = new BitSet();
    for (LogEntry entry : log.entries()) {
      if (!(entry instanceof LogEntry.Issued request) || request.device() != device || request.length() == 0) {
        continue;
      }
      if (request.operation() == Operation.READ) {
        int first = Math.toIntExact(request.offset() / SECTOR_BYTES);
        int end = Math.toIntExact((request.end() + SECTOR_BYTES - 1) / SECTOR_BYTES);
        for (int s = written.nextClearBit(first); s < end; s = written.nextClearBit(s + 1)) {
          result.sectors.set(s);
        }
      } else if (request.operation().changes()) {
        // A sector that was overwritten in part still shows its first content in the rest.
        int first = Math.toIntExact((request.offset() + SECTOR_BYTES - 1) / SECTOR_BYTES);
        int end = Math.toIntExact(request.end() / SECTOR_BYTES);
        written.set(first, Math.max(first, end));
      }
    }
    return result;
  }

  /** The sectors, by number. A copy. */
  public BitSet sectors() {
    return (BitSet) sectors.clone();
  }

  /** True if the sector at this byte offset was looked at. */
  public boolean contains(long offset) {
    return sectors.get(Math.toIntExact(offset / SECTOR_BYTES));
  }

  /** How many sectors. */
  public int size() {
    return sectors.cardinality();
  }
}
