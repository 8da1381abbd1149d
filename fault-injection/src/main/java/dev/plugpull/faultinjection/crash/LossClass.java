package dev.plugpull.faultinjection.crash;

import java.util.Locale;

/** What a cut took, in the columns of the crash map. From the simplest story to the most intricate one. */
public enum LossClass {
  /** No write was pending. */
  NOTHING_PENDING,
  ALL_LOST,
  ALL_KEPT,
  /** The oldest writes kept, the later ones lost. */
  PREFIX,
  /** One write lost, with those that need it. */
  DROPPED_ONE,
  /** A write of several atomic units kept in part. */
  TORN,
  /** Any other choice. */
  SUBSET;

  private static final LossClass[] ALL = values();
  /** {@link #joined} of every pair, for the explorer's innermost loop. */
  private static final LossClass[] JOINED = new LossClass[ALL.length * ALL.length];

  static {
    for (LossClass one : ALL) {
      for (LossClass other : ALL) {
        JOINED[one.ordinal() * ALL.length + other.ordinal()] = one.joined(other);
      }
    }
  }

  public static LossClass of(int ordinal) {
    return ALL[ordinal];
  }

  /** The words for people: {@code dropped one}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What was lost from two volumes together. */
  public LossClass and(LossClass other) {
    return JOINED[ordinal() * ALL.length + other.ordinal()];
  }

  private LossClass joined(LossClass other) {
    if (this == NOTHING_PENDING || this == other && (this == ALL_LOST || this == ALL_KEPT)) {
      return other;
    }
    if (other == NOTHING_PENDING) {
      return this;
    }
    if (this == TORN || other == TORN) {
      return TORN;
    }
    if (pair(other, DROPPED_ONE, ALL_KEPT)) {
      return DROPPED_ONE;
    }
    return pair(other, PREFIX, ALL_LOST) ? PREFIX : SUBSET;
  }

  private boolean pair(LossClass other, LossClass one, LossClass two) {
    return this == one && other == two || this == two && other == one;
  }
}
