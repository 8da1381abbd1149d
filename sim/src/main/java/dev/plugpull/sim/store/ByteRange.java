package dev.plugpull.sim.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a body.
 *
 * @param from first byte
 * @param to byte after the last one
 */
record ByteRange(int from, int to) {

  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** What a {@code Range} header asks for: a part, nothing that there is, or something to be ignored. */
  sealed interface Asked {
    record Part(ByteRange range) implements Asked {}

    record Unsatisfiable() implements Asked {}

    /** Malformed, of another unit or several parts: the whole body is the right answer. */
    record Ignored() implements Asked {}
  }

  static Asked read(Optional<String> header, int length) {
    if (header.isEmpty()) {
      return new Asked.Ignored();
    }
    Matcher matcher = SINGLE.matcher(header.get().strip());
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
      return new Asked.Ignored();
    }
    if (matcher.group(1).isEmpty()) {
      long last = Long.parseLong(matcher.group(2));
      return last == 0 || length == 0 ? new Asked.Unsatisfiable()
          : new Asked.Part(new ByteRange((int) Math.max(0, length - last), length));
    }
    long from = Long.parseLong(matcher.group(1));
    long to = matcher.group(2).isEmpty() ? length : Long.parseLong(matcher.group(2)) + 1;
    if (to <= from && !matcher.group(2).isEmpty()) {
      return new Asked.Ignored();
    }
    return from >= length ? new Asked.Unsatisfiable()
        : new Asked.Part(new ByteRange((int) from, (int) Math.min(to, length)));
  }
}
