package dev.plugpull.faultinjection.crash;

import dev.plugpull.faultinjection.twin.CellDisk;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A window written down by hand: write {@code i} puts {@code values[i]} into {@code cells[i]}. */
final class ToyWindow implements PendingWindow {
  private record Put(int cell, int value, BitSet needs, boolean issued, int request) {}

  private final CellDisk base;
  private final List<Put> puts = new ArrayList<>();

  ToyWindow(CellDisk base) {
    this.base = base;
  }

  ToyWindow put(int cell, int value, int... needs) {
    BitSet bits = new BitSet();
    for (int need : needs) {
      bits.set(need);
      bits.or(puts.get(need).needs());
    }
    puts.add(new Put(cell, value, bits, cell % 2 == 0, puts.size()));
    return this;
  }

  ToyWindow torn(int request, int cell, int value) {
    puts.add(new Put(cell, value, new BitSet(), true, request));
    return this;
  }

  /** The same writes on another disk. */
  ToyWindow over(CellDisk other) {
    ToyWindow same = new ToyWindow(other);
    same.puts.addAll(puts);
    return same;
  }

  ToyWindow first(int count) {
    ToyWindow shorter = new ToyWindow(base);
    shorter.puts.addAll(puts.subList(0, count));
    return shorter;
  }

  @Override
  public VolumeState base() {
    return base;
  }

  @Override
  public int size() {
    return puts.size();
  }

  @Override
  public BitSet needs(int index) {
    return (BitSet) puts.get(index).needs().clone();
  }

  @Override
  public boolean issued(int index) {
    return puts.get(index).issued();
  }

  @Override
  public VolumeState apply(VolumeState state, int index) {
    return ((CellDisk) state).with(puts.get(index).cell(), puts.get(index).value());
  }

  @Override
  public String label(int index) {
    return "cell " + puts.get(index).cell();
  }

  @Override
  public Object token(int index) {
    return puts.get(index);
  }

  @Override
  public int request(int index) {
    return puts.get(index).request();
  }
}
