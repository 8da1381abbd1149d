package dev.plugpull.faultinjection.crash;

import dev.plugpull.faultinjection.fingerprint.FingerprintMap;
import dev.plugpull.sim.filesystem.PendingWindow;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Hash128;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The distinct states that a power cut may leave of one volume, in a stable order that begins with "all lost".
 *
 * <p>Each state carries the simplest choice of kept writes that leads to it; labels are made only when somebody asks.
 */
public final class CrashStates {
  final PendingWindow window;
  final Object[] tokens;
  /** Every choice that was tried: its words, one after another, and its state. */
  long[] masks;
  VolumeState[] states;
  final int words;
  int choices;
  boolean bounded;

  private final FingerprintMap index = new FingerprintMap(16);
  private long[] his = new long[16];
  private long[] los = new long[16];
  private int[] choice = new int[16];
  private LossClass[] classes = new LossClass[16];
  private int size;
  private int allKept;

  CrashStates(PendingWindow window) {
    this.window = window;
    this.words = Bits.words(window.size());
    this.masks = new long[16 * words];
    this.states = new VolumeState[16];
    this.tokens = new Object[window.size()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = window.token(i);
    }
  }

  /** How many distinct states there are; at least one. */
  public int size() {
    return size;
  }

  /** High half of the fingerprint of a state. */
  public long hi(int state) {
    return his[state];
  }

  /** Low half of the fingerprint of a state. */
  public long lo(int state) {
    return los[state];
  }

  public VolumeState state(int state) {
    return states[choice[state]];
  }

  /** What was lost, in the simplest choice that leads to this state. */
  public LossClass lossClass(int state) {
    return classes[state];
  }

  /** Indices into {@link #window()} of the writes that the simplest choice keeps. */
  public BitSet kept(int state) {
    int from = choice[state] * words;
    return BitSet.valueOf(Arrays.copyOfRange(masks, from, from + words));
  }

  /** The state in which every pending write persisted. */
  public int allKept() {
    return allKept;
  }

  /** The window that was enumerated. */
  public PendingWindow window() {
    return window;
  }

  /** How many choices of kept writes were tried. */
  public int choices() {
    return choices;
  }

  /** True if not every choice was tried. */
  public boolean bounded() {
    return bounded;
  }

  /** True if one of these states has this fingerprint. */
  public boolean contains(long hi, long lo) {
    return index.get(hi, lo) >= 0;
  }

  boolean holds(int one, long[] needed) {
    int length = Math.min(needed.length, words);
    for (int word = 0; word < length; word++) {
      if ((needed[word] & ~masks[one * words + word]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Appends the choice whose words begin at {@code at} in {@code from}; bits from {@code extra} on may be added. */
  void add(long[] from, int at, int length, int extra, VolumeState state) {
    if (choices == states.length) {
      states = Arrays.copyOf(states, choices * 2);
      masks = Arrays.copyOf(masks, choices * 2 * words);
    }
    System.arraycopy(from, at, masks, choices * words, Math.min(length, words));
    if (extra >= 0) {
      masks[choices * words + (extra >>> 6)] |= 1L << extra;
    }
    states[choices] = state;
    choices++;
  }

  /** Finds the distinct states among the choices from {@code first} on, and how each is told most simply. */
  void index(int first, LossClassifier classifier) {
    for (int one = first; one < choices; one++) {
      Hash128 hash = states[one].hash();
      LossClass loss = classifier.classify(masks, one * words);
      int known = index.putIfAbsent(hash.hi(), hash.lo(), size);
      if (known < 0) {
        append(hash, one, loss);
        known = size - 1;
      } else if (loss.compareTo(classes[known]) < 0) {
        classes[known] = loss;
        choice[known] = one;
      }
      if (loss == LossClass.ALL_KEPT) {
        allKept = known;
      }
    }
  }

  private void append(Hash128 hash, int one, LossClass loss) {
    if (size == his.length) {
      his = Arrays.copyOf(his, size * 2);
      los = Arrays.copyOf(los, size * 2);
      choice = Arrays.copyOf(choice, size * 2);
      classes = Arrays.copyOf(classes, size * 2);
    }
    his[size] = hash.hi();
    los[size] = hash.lo();
    choice[size] = one;
    classes[size] = loss;
    size++;
  }
}
