package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import java.io.IOException;

/**
 * One thing that a power cut may leave of a recording.
 *
 * @param id names it in reports and on the command line, and builds it again: {@code prefix:P}, {@code drop:P:R}
 * @param position entries of the log before the cut
 * @param request position of the request that makes the difference: the last one, or the one that was lost; -1 for none
 * @param maker builds the disk
 */
record CrashState(String id, int position, int request, Maker maker) {
  /** Builds a disk when it is asked for. */
  interface Maker {
    DiskState make() throws IOException;
  }

  DiskState disk() throws IOException {
    return maker.make();
  }
}
