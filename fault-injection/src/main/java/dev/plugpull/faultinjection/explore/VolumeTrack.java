package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.crash.CrashStateEnumerator;
import dev.plugpull.faultinjection.crash.CrashStates;
import dev.plugpull.faultinjection.crash.LossClass;
import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Hash128;

/**
 * One volume through one boot: its crash states at the current point, and which of them it could not have at the point
 * before.
 */
final class VolumeTrack {
  private final long salt;
  private final CrashStateEnumerator enumerator;
  private CrashStates states;
  private LiveVolume volume;
  private long version;
  int size;
  /** Share of each state in the fingerprint of the whole device. */
  long[] hi = new long[16];
  long[] lo = new long[16];
  LossClass[] losses = new LossClass[16];
  int[] fresh = new int[16];
  int freshCount;

  VolumeTrack(int number, CrashStateEnumerator enumerator) {
    this.salt = Hash128.mix(0x51_7CC1B7_27220A95L * (number + 1));
    this.enumerator = enumerator;
  }

  /** A new boot begins. */
  void reset() {
    states = null;
    volume = null;
  }

  CrashStates states() {
    return states;
  }

  /** Looks at the volume at a crash point. True if a new window had to be enumerated. */
  boolean look(LiveVolume now) {
    if (now == volume && now.version() == version) {
      freshCount = 0;
      return false;
    }
    CrashStates before = now == volume ? states : null;
    states = enumerator.enumerate(now.pending(), before);
    volume = now;
    version = now.version();
    load(before);
    return true;
  }

  private void load(CrashStates before) {
    size = states.size();
    if (hi.length < size) {
      int capacity = Integer.highestOneBit(size) * 2;
      hi = new long[capacity];
      lo = new long[capacity];
      losses = new LossClass[capacity];
      fresh = new int[capacity];
    }
    freshCount = 0;
    for (int i = 0; i < size; i++) {
      long high = states.hi(i);
      long low = states.lo(i);
      hi[i] = Hash128.mix(high + salt);
      lo[i] = Hash128.mix(low ^ salt);
      losses[i] = states.lossClass(i);
      if (before == null || !before.contains(high, low)) {
        fresh[freshCount++] = i;
      }
    }
  }

  /** Every state counts as new: what survives beside the volumes changed. */
  void allFresh() {
    for (int i = 0; i < size; i++) {
      fresh[i] = i;
    }
    freshCount = size;
  }
}
