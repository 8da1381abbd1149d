package dev.plugpull.sim.filesystem;

import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;

/**
 * What an append puts on the disk: the bytes behind the old end, with the sector in which it begins. What the program
 * had overwritten further in front goes its own way.
 */
final class Append {
  private final long from;
  private final Content before;
  private final Content after;
  private Content lastFound;
  private Content lastMade;

  /**
   * An append.
   *
   * @param end length of the file before it, in bytes
   * @param before content over which this part of the append is issued
   * @param after content for the program afterwards
   */
  Append(long end, Content before, Content after) {
    this(before, after, end / Sectors.BYTES * Sectors.BYTES);
  }

  private Append(Content before, Content after, long from) {
    this.from = from;
    this.before = before;
    this.after = after;
  }

  /** Only a new end: what stands before the old one stays as it is. */
  static Append ofSize(long end, Content before, Content after) {
    return new Append(before, after, end);
  }

  /** Everything anew: nothing that stood there stays. */
  static Append replacing(Content after) {
    return new Append(0, after, after);
  }

  /** First byte that comes along. */
  long from() {
    return from;
  }

  /** Equal ones do the same to every content. */
  Hash128 hash() {
    return before.hash().then(after.hash()).then(new Hash128(from, 0));
  }

  /** What a disk holds afterwards that holds {@code now}. Remembers the last answer for the many subsets it serves. */
  Content onto(Content now) {
    if (lastFound != now) {
      lastMade = now.appended(from, before, after);
      lastFound = now;
    }
    return lastMade;
  }
}
