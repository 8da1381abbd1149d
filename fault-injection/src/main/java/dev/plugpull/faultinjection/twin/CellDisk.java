package dev.plugpull.faultinjection.twin;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;

/** A disk of a few numbered cells, each holding a small number. Immutable. */
public final class CellDisk implements VolumeState {
  private final int[] cells;
  private final long hi;
  private final long lo;
  private Hash128 hash;

  private CellDisk(int[] cells, long hi, long lo) {
    this.cells = cells;
    this.hi = hi;
    this.lo = lo;
  }

  /** A disk with these contents. */
  public static CellDisk of(int... cells) {
    CellDisk disk = new CellDisk(new int[cells.length], 0, 0);
    for (int i = 0; i < cells.length; i++) {
      disk = disk.with(i, cells[i]);
    }
    return disk;
  }

  /** This disk with another value in a cell. */
  public CellDisk with(int cell, int value) {
    int old = cells[cell];
    if (old == value) {
      return this;
    }
    int[] changed = cells.clone();
    changed[cell] = value;
    return new CellDisk(changed, hi + part(cell, value) - part(cell, old),
        lo + part(cell + 7919, value) - part(cell + 7919, old));
  }

  private static long part(int cell, int value) {
    return value == 0 ? 0 : Hash128.mix((long) cell << 32 | value);
  }

  public int get(int cell) {
    return cells[cell];
  }

  public int size() {
    return cells.length;
  }

  @Override
  public Hash128 hash() {
    Hash128 known = hash;
    if (known == null) {
      known = new Hash128(hi, lo);
      hash = known;
    }
    return known;
  }

  @Override
  public Tree recovered() {
    return Tree.EMPTY;
  }

  @Override
  public boolean homeIsCurrent() {
    return true;
  }

  @Override
  public VolumeState checkpointed() {
    return this;
  }

  @Override
  public LiveVolume open() {
    return new LiveCells(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellDisk disk && Arrays.equals(disk.cells, cells);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }

  @Override
  public String toString() {
    return Arrays.toString(cells);
  }
}
