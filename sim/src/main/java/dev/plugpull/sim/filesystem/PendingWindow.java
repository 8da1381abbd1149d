package dev.plugpull.sim.filesystem;

import java.util.BitSet;

/**
 * The writes of one volume that a power cut may still lose, and the rules between them. A snapshot: never changes.
 *
 * <p>A crash state is {@link #base()} with a subset of the writes applied in index order, such that each kept write has
 * all the writes that it {@link #needs}. Tearing is expressed by splitting a write into several entries, one an atomic
 * unit.
 */
public interface PendingWindow {

  /** The volume with every pending write lost. */
  VolumeState base();

  /** How many writes are pending, at index 0 (oldest) to {@code size() - 1}. */
  int size();

  /** Indices of the writes that must have persisted if write {@code index} has; all smaller than {@code index}. */
  BitSet needs(int index);

  /** True if the device has accepted the write (it is lost only with the device's cache); false: page cache only. */
  boolean issued(int index);

  /** Applies one write to a state in which all its needs have been applied. */
  VolumeState apply(VolumeState state, int index);

  /** The write in words, such as {@code data of /uboot/ubuntu/boot.sel, sector 1} or {@code rename of /a to /b}. */
  String label(int index);

  /**
   * {@link #needs} as the words of a bit set, for enumerators in a hurry; the array may be shorter than the window and
   * must not be changed.
   */
  default long[] needsBits(int index) {
    return needs(index).toLongArray();
  }

  /**
   * Which write this is: the same object in later windows of the same boot as long as it is the same write, so that two
   * windows over the same {@link #base()} whose first writes agree have the same crash states as far as these go. Null:
   * not known.
   */
  default Object token(int index) {
    return null;
  }

  /** Index of the first entry of the request that this entry is a unit of; a write of one unit is its own request. */
  default int request(int index) {
    return index;
  }
}
