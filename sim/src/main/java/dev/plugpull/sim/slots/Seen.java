package dev.plugpull.sim.slots;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What ran in a boot.
 *
 * @param slot name of the slot
 * @param running component to its revision; 0 stands for something that is no release
 * @param digest of everything that is read-only and was booted
 * @param verified false if something ran that no check had passed
 * @param baseChanged true if what runs is not, byte for byte, what was released
 * @param belowFloor true if it is below the rollback floor
 */
public record Seen(
    String slot, SortedMap<String, Integer> running, String digest, boolean verified, boolean baseChanged,
    boolean belowFloor) {

  public Seen {
    running = Collections.unmodifiableSortedMap(new TreeMap<>(running));
  }

  /** The lowest revision that runs. */
  public int revision() {
    return running.values().stream().mapToInt(Integer::intValue).min().orElse(0);
  }

  /** True if all components are of one release. */
  public boolean matched() {
    return running.values().stream().distinct().count() <= 1;
  }

  public Seen changed() {
    return new Seen(slot, running, digest, verified, true, belowFloor);
  }
}
