package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.replay.DiskVolume;
import dev.plugpull.faultinjection.disk.replay.DiskWindow;
import java.io.IOException;
import java.util.BitSet;

/** The disk of a machine that was killed, beside the states that the log of its run allows. */
final class KilledDisk {
  /** Bytes; requests begin and end at its multiples. */
  private static final int UNIT = 512;

  private KilledDisk() {}

  /**
   * Compares byte by byte. The host lost nothing that it had answered, so all answered requests must be there; each
   * one that the cut caught on its way may have arrived or not.
   *
   * @param window of the log at its end
   * @param left what the host found on the disk
   * @return what differs, or an empty text
   */
  static String compare(DiskWindow window, DiskState left) throws IOException {
    DiskVolume state = window.base();
    int missing = 0;
    for (int i = 0; i < window.size(); i++) {
      DiskVolume with = window.apply(state, i);
      if (window.answered(i) || sameRange(window, i, with.disk(), left)) {
        state = with;
      } else {
        missing++;
      }
    }
    return state.disk().hash().equals(left.hash())
        ? ""
        : "the disk that was left equals no crash state of the log, not even without the " + missing + " of its last "
            + window.size() + " requests that did not arrive";
  }

  private static boolean sameRange(DiskWindow window, int index, DiskState one, DiskState other) throws IOException {
    BitSet units = new BitSet();
    for (DiskWindow.Range range : window.ranges(index)) {
      units.set((int) (range.offset() / UNIT), (int) ((range.end() + UNIT - 1) / UNIT));
    }
    return one.agrees(other, units, UNIT);
  }
}
