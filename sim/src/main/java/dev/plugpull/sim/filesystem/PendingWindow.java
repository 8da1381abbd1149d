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
}
