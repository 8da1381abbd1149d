package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * The pending writes of one live volume, oldest first, over the state that is already durable.
 *
 * <p>A snapshot ({@link #window}) shares the arrays of the log: appending never touches what a snapshot can see, and
 * whatever else changes the log (a flush) gives it new arrays. So an append and a snapshot cost a few words each.
 *
 * @param <S> the volume state
 */
final class WriteLog<S extends VolumeState> {

  /**
   * A handle on a pending write. {@link #pending()} turns false once the write is durable (or moot).
   *
   * @param <S> the volume state
   */
  static final class Entry<S extends VolumeState> {
    private final Write<S> write;
    /** The same object in all units of one request; null for a write of one unit. */
    private final Object request;
    private Hash128 fingerprint;
    private int index;
    /** Member of the ordered metadata stream: forced by every commit. */
    private boolean committed;

    private Entry(Write<S> write, Object request, int index) {
      this.write = write;
      this.request = request;
      this.index = index;
    }

    boolean pending() {
      return index >= 0;
    }

    Write<S> write() {
      return write;
    }

    boolean inStream() {
      return committed;
    }

    void joinStream() {
      committed = true;
    }

    private Hash128 fingerprint() {
      if (fingerprint == null) {
        fingerprint = write.fingerprint();
      }
      return fingerprint;
    }
  }

  private S base;
  private Entry<S>[] entries = entries(8);
  private long[][] needs = new long[8][];
  private boolean[] issued = new boolean[8];
  private int size;
  private long version;
  private Snapshot<S> snapshot;
  private Runnable told = () -> {};
  /** What {@link #inOneRequest} adds to; null outside. */
  private Object request;

  WriteLog(S base) {
    this.base = base;
  }

  void onFlush(Runnable newTold) {
    told = newTold;
  }

  /** The volume has flushed its device. */
  void flushed() {
    told.run();
  }

  S base() {
    return base;
  }

  int size() {
    return size;
  }

  long version() {
    return version;
  }

  /** Puts another state under an empty log: a mount that replays, a checkpoint. */
  void rebase(S state) {
    if (size > 0) {
      throw new IllegalStateException("cannot rebase the log: " + size + " writes are pending");
    }
    base = state;
    changed();
  }

  /** Puts another state under the log and forgets the writes that it makes unreachable. */
  void restart(S state, Predicate<Entry<S>> kept) {
    long[] gone = new long[(size >>> 6) + 1];
    for (int i = 0; i < size; i++) {
      gone[i >>> 6] |= kept.test(entries[i]) ? 0 : 1L << i;
    }
    base = state;
    compact(gone);
  }

  /** Everything that {@code units} appends is one request to the medium: kept in part, it is torn. */
  void inOneRequest(Runnable units) {
    request = new Object();
    units.run();
    request = null;
  }

  /** Appends a write that needs some earlier ones; null and durable ones among them count as kept. */
  @SafeVarargs
  final Entry<S> add(Write<S> write, boolean accepted, Entry<S>... required) {
    if (size == entries.length) {
      grow();
    }
    Entry<S> entry = new Entry<>(write, request, size);
    entries[size] = entry;
    needs[size] = closure(required);
    issued[size] = accepted;
    size++;
    changed();
    return entry;
  }

  private long[] closure(Entry<S>[] required) {
    long[] bits = new long[(size >>> 6) + 1];
    for (Entry<S> entry : required) {
      if (entry != null && entry.index >= 0) {
        long[] theirs = needs[entry.index];
        for (int i = 0; i < theirs.length; i++) {
          bits[i] |= theirs[i];
        }
        bits[entry.index >>> 6] |= 1L << entry.index;
      }
    }
    return bits;
  }

  private void grow() {
    entries = Arrays.copyOf(entries, size * 2);
    needs = Arrays.copyOf(needs, size * 2);
    issued = Arrays.copyOf(issued, size * 2);
  }

  /** Makes the chosen writes durable, with all they need; forgets the moot ones. */
  void force(Predicate<Entry<S>> chosen) {
    long[] forced = new long[(size >>> 6) + 1];
    boolean any = false;
    for (int i = 0; i < size; i++) {
      if (chosen.test(entries[i])) {
        any = true;
        forced[i >>> 6] |= 1L << i;
        for (int word = 0; word < needs[i].length; word++) {
          forced[word] |= needs[i][word];
        }
      }
    }
    if (any) {
      apply(forced);
      compact(forced);
    }
  }

  void forceAll() {
    force(entry -> true);
  }

  /** Makes durable what the device has accepted. */
  void forceIssued() {
    force(entry -> issued[entry.index]);
  }

  boolean isIssued(Entry<S> entry) {
    return entry.index >= 0 && issued[entry.index];
  }

  /** The device has accepted the chosen writes, and all they need; none is durable by that. */
  void issue(Predicate<Entry<S>> chosen) {
    boolean[] flags = Arrays.copyOf(issued, entries.length);
    for (int i = 0; i < size; i++) {
      flags[i] |= chosen.test(entries[i]);
    }
    issued = flags;
    changed();
  }

  private void apply(long[] forced) {
    for (int i = 0; i < size; i++) {
      if (bit(forced, i) && !entries[i].write.fault()) {
        base = entries[i].write.apply(base);
      }
    }
  }

  private void compact(long[] forced) {
    int[] place = new int[size];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      boolean goes = bit(forced, i) || isMet(needs[i], place) && entries[i].write.moot(base);
      place[i] = goes ? -1 : kept++;
    }
    int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, kept)) * 2);
    Entry<S>[] newEntries = entries(capacity);
    long[][] newNeeds = new long[capacity][];
    boolean[] newIssued = new boolean[capacity];
    for (int i = 0; i < size; i++) {
      int to = place[i];
      entries[i].index = to;
      if (to >= 0) {
        newEntries[to] = entries[i];
        newNeeds[to] = moved(needs[i], place, to);
        newIssued[to] = issued[i];
      }
    }
    entries = newEntries;
    needs = newNeeds;
    issued = newIssued;
    size = kept;
    changed();
  }

  /** Nothing that the write needs is pending: only then does the durable state tell whether it is moot. */
  private static boolean isMet(long[] bits, int[] place) {
    for (int word = 0; word < bits.length; word++) {
      for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
        if (place[(word << 6) + Long.numberOfTrailingZeros(rest)] >= 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static long[] moved(long[] bits, int[] place, int to) {
    long[] result = new long[(to >>> 6) + 1];
    for (int word = 0; word < bits.length; word++) {
      for (long rest = bits[word]; rest != 0; rest &= rest - 1) {
        int now = place[(word << 6) + Long.numberOfTrailingZeros(rest)];
        if (now >= 0) {
          result[now >>> 6] |= 1L << now;
        }
      }
    }
    return result;
  }

  /** What is pending and in which order it must persist; null if a write does not tell, or is a unit of a request. */
  Hash128 fingerprint() {
    Hash128 all = new Hash128(size, 0);
    for (int i = 0; i < size; i++) {
      Hash128 write = entries[i].request == null ? entries[i].fingerprint() : null;
      if (write == null) {
        return null;
      }
      long order = (issued[i] ? 1L : 0) + (entries[i].committed ? 2 : 0);
      for (long word : needs[i]) {
        order = Hash128.mix(order + word);
      }
      all = all.then(write).then(new Hash128(order, ~order));
    }
    return all;
  }

  private void changed() {
    version++;
    snapshot = null;
  }

  private static boolean bit(long[] bits, int index) {
    return (bits[index >>> 6] & 1L << index) != 0;
  }

  @SuppressWarnings("unchecked")
  private static <S extends VolumeState> Entry<S>[] entries(int count) {
    return (Entry<S>[]) new Entry<?>[count];
  }

  /** The pending writes' handles, oldest first. */
  java.util.List<Entry<S>> entries() {
    return java.util.List.of(Arrays.copyOf(entries, size));
  }

  /** The pending writes themselves, oldest first. */
  @SuppressWarnings("unchecked")
  Write<S>[] writes() {
    Write<S>[] result = (Write<S>[]) new Write<?>[size];
    for (int i = 0; i < size; i++) {
      result[i] = entries[i].write;
    }
    return result;
  }

  PendingWindow window() {
    if (snapshot == null) {
      snapshot = new Snapshot<>(base, entries, needs, issued, size);
    }
    return snapshot;
  }

  private record Snapshot<S extends VolumeState>(
      S base, Entry<S>[] entries, long[][] needed, boolean[] accepted, int size) implements PendingWindow {

    @Override
    public BitSet needs(int index) {
      return BitSet.valueOf(needed[index]);
    }

    @Override
    public long[] needsBits(int index) {
      return needed[index];
    }

    @Override
    public Object token(int index) {
      return entries[index];
    }

    @Override
    public int request(int index) {
      Object request = entries[index].request;
      int first = index;
      for (int i = index - 1; request != null && i >= 0; i--) {
        first = entries[i].request == request ? i : first;
      }
      return first;
    }

    @Override
    public boolean issued(int index) {
      return accepted[index];
    }

    @Override
    @SuppressWarnings("unchecked")
    public VolumeState apply(VolumeState state, int index) {
      return entries[index].write.apply((S) state);
    }

    @Override
    public String label(int index) {
      return entries[index].write.label();
    }
  }
}
