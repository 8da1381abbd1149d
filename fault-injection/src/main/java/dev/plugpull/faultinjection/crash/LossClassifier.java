package dev.plugpull.faultinjection.crash;

import dev.plugpull.sim.filesystem.PendingWindow;

/** Tells which kind of loss a choice of kept writes is. */
final class LossClassifier {
  private final int size;
  private final PendingWindow window;
  private final boolean torn;
  private final int[] requests;

  LossClassifier(PendingWindow window) {
    this.window = window;
    this.size = window.size();
    this.requests = new int[size];
    boolean several = false;
    for (int i = 0; i < size; i++) {
      requests[i] = window.request(i);
      several |= requests[i] != i;
    }
    this.torn = several;
  }

  LossClass classify(long[] masks, int at) {
    if (size == 0) {
      return LossClass.NOTHING_PENDING;
    }
    int kept = 0;
    for (int word = at; word < at + Bits.words(size); word++) {
      kept += Long.bitCount(masks[word]);
    }
    if (kept == 0) {
      return LossClass.ALL_LOST;
    }
    if (kept == size) {
      return LossClass.ALL_KEPT;
    }
    if (torn && tears(masks, at)) {
      return LossClass.TORN;
    }
    int firstLost = firstLost(masks, at);
    if (firstLost == kept) {
      return LossClass.PREFIX;
    }
    return droppedOne(masks, at, firstLost) ? LossClass.DROPPED_ONE : LossClass.SUBSET;
  }

  private static boolean kept(long[] masks, int at, int write) {
    return (masks[at + (write >>> 6)] & 1L << write) != 0;
  }

  private int firstLost(long[] masks, int at) {
    int first = 0;
    while (kept(masks, at, first)) {
      first++;
    }
    return first;
  }

  /** Every other lost write needs the first lost one. */
  private boolean droppedOne(long[] masks, int at, int firstLost) {
    for (int i = firstLost + 1; i < size; i++) {
      if (!kept(masks, at, i)) {
        long[] needed = window.needsBits(i);
        if (firstLost >>> 6 >= needed.length || !Bits.get(needed, firstLost)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean tears(long[] masks, int at) {
    for (int i = 0; i < size; i++) {
      if (requests[i] != i && kept(masks, at, i) != kept(masks, at, requests[i])) {
        return true;
      }
    }
    return false;
  }
}
