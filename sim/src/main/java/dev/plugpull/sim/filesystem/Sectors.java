package dev.plugpull.sim.filesystem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts an overwrite of bytes into the sectors of 512 bytes that really change. */
final class Sectors {
  static final int BYTES = 512;

  private Sectors() {}

  /**
   * One sector that changes.
   *
   * @param sector its number, counted from the begin of the file or volume
   * @param offset of {@code bytes} in the file or volume
   */
  record Change(int sector, long offset, byte[] bytes) {}

  /**
   * The changed sectors, ascending.
   *
   * @param before what stands at {@code offset}; as long as {@code after}
   */
  static List<Change> changes(byte[] before, byte[] after, long offset) {
    return changes(before, after, offset, BYTES);
  }

  /** As above, in units of {@code unit} bytes. */
  static List<Change> changes(byte[] before, byte[] after, long offset, int unit) {
    List<Change> result = new ArrayList<>();
    int from = 0;
    while (from < after.length) {
      long sector = (offset + from) / unit;
      int to = (int) Math.min(after.length, (sector + 1) * unit - offset);
      if (!Arrays.equals(before, from, to, after, from, to)) {
        result.add(new Change(Math.toIntExact(sector), offset + from, Arrays.copyOfRange(after, from, to)));
      }
      from = to;
    }
    return result;
  }
}
