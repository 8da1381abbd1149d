package dev.plugpull.sim.store.snap;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which generations of data a revision can read and writes (spec ubuntu-core 2.4).
 *
 * @param read strictly increasing, at most ten, shares a number with {@code write}
 */
public record Epoch(List<Integer> read, List<Integer> write) {

  public static final Epoch ZERO = new Epoch(List.of(0), List.of(0));
  private static final int MOST = 10;

  public Epoch {
    read = List.copyOf(read);
    write = List.copyOf(write);
    if (!proper(read) || !proper(write) || Collections.disjoint(read, write)) {
      throw new IllegalArgumentException("cannot use epoch " + read + " " + write
          + ": both lists must grow, hold one to ten numbers and share one");
    }
  }

  private static boolean proper(List<Integer> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) < (i == 0 ? 0 : numbers.get(i - 1) + 1)) {
        return false;
      }
    }
    return !numbers.isEmpty() && numbers.size() <= MOST;
  }

  /** Reads {@code N} or {@code N*}; empty if it is neither. */
  public static Optional<Epoch> read(String text) {
    if (!text.matches("(0|[1-9][0-9]{0,8})\\*?")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(text.replace("*", ""));
    if (!text.endsWith("*")) {
      return Optional.of(new Epoch(List.of(number), List.of(number)));
    }
    return number == 0 ? Optional.empty() : Optional.of(new Epoch(List.of(number - 1, number), List.of(number)));
  }

  /** Whether a revision of this epoch can take over the data of the other. */
  public boolean canFollow(Epoch before) {
    return !Collections.disjoint(read, before.write);
  }
}
