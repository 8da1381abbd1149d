package dev.plugpull.conformance.record;

import dev.plugpull.faultinjection.disk.image.DiskState;
import dev.plugpull.faultinjection.disk.replay.DiskVolume;
import dev.plugpull.faultinjection.disk.replay.DiskWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.io.IOException;

/** The disk of a machine that was killed, beside the states that the log of its run allows. */
record KilledDisk(DiskState base, DiskWindow window) {
  /** How many of the last requests the cut may have caught on their way. */
  private static final int IN_FLIGHT = 64;

  /** An empty text if some state in which only the last requests are missing holds exactly these bytes. */
  String compare(DiskState left) throws IOException {
    if (window.allKept().hash().equals(left.hash())) {
      return "";
    }
    VolumeState state = window.base();
    int size = window.size();
    for (int i = 0; i < size; i++) {
      if (i >= size - IN_FLIGHT && ((DiskVolume) state).disk().hash().equals(left.hash())) {
        return "";
      }
      state = window.apply(state, i);
    }
    return "the disk that was left equals no crash state of the log";
  }
}
