package dev.plugpull.faultinjection.crashfs;

import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The youngest pending writes of a window over a state in which the older ones persisted: what is enumerated when a
 * program never forces anything. A bound of the search, counted as such.
 */
final class RecentWindow implements PendingWindow {
  private final PendingWindow whole;
  private final int from;
  private final VolumeState base;

  private RecentWindow(PendingWindow whole, int from, VolumeState base) {
    this.whole = whole;
    this.from = from;
    this.base = base;
  }

  /** The last {@code most} writes of a window; {@code previous}, if it fits, saves work. */
  static RecentWindow of(PendingWindow whole, int most, RecentWindow previous) {
    int from = whole.size() - most;
    int done = previous == null ? 0 : previous.reusable(whole, from);
    VolumeState state = done == 0 ? whole.base() : previous.base;
    for (int i = done; i < from; i++) {
      state = whole.apply(state, i);
    }
    return new RecentWindow(whole, from, state);
  }

  private int reusable(PendingWindow window, int to) {
    boolean fits =
        window.base() == whole.base()
            && from <= to
            && from <= window.size()
            && window.token(0) == whole.token(0)
            && window.token(from - 1) == whole.token(from - 1);
    return fits ? from : 0;
  }

  /** How many writes were taken as persisted. */
  int from() {
    return from;
  }

  @Override
  public VolumeState base() {
    return base;
  }

  @Override
  public int size() {
    return whole.size() - from;
  }

  @Override
  public BitSet needs(int index) {
    BitSet all = whole.needs(from + index);
    return all.get(from, Math.max(from, all.length()));
  }

  @Override
  public long[] needsBits(int index) {
    long[] bits = needs(index).toLongArray();
    return bits.length == 0 ? new long[1] : Arrays.copyOf(bits, bits.length);
  }

  @Override
  public boolean issued(int index) {
    return whole.issued(from + index);
  }

  @Override
  public VolumeState apply(VolumeState state, int index) {
    return whole.apply(state, from + index);
  }

  @Override
  public String label(int index) {
    return whole.label(from + index);
  }

  @Override
  public Object token(int index) {
    return whole.token(from + index);
  }

  @Override
  public int request(int index) {
    return Math.max(0, whole.request(from + index) - from);
  }
}
