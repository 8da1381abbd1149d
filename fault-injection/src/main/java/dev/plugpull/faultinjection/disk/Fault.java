package dev.plugpull.faultinjection.disk;

import java.util.Locale;

/** Something that is wrong with a disk, switched on and off while a machine runs on it. */
public sealed interface Fault {

  /**
   * Reads and writes that touch the range fail with EIO and change nothing.
   *
   * @param offset in bytes
   * @param length in bytes
   */
  record Eio(long offset, long length) implements Fault {
    public Eio {
      if (offset < 0 || length < 1 || offset > Long.MAX_VALUE - length) {
        throw new IllegalArgumentException("cannot fail the range " + offset + "+" + length + ": it is not a range");
      }
    }

    boolean touches(long from, long count) {
      return from < offset + length && offset < from + count;
    }

    @Override
    public String toString() {
      return "eio=" + offset + "+" + length;
    }
  }

  /**
   * Each request takes this much longer; one request of a connection after the other.
   *
   * @param millis milliseconds
   */
  record Slow(int millis) implements Fault {
    public Slow {
      if (millis < 1 || millis > 600_000) {
        throw new IllegalArgumentException("cannot slow a disk by " + millis + " ms: give 1 to 600000");
      }
    }

    @Override
    public String toString() {
      return "slow=" + millis;
    }
  }

  /**
   * The disk is smaller than it says: reads that reach past {@code bytes} fail with EIO, writes with ENOSPC.
   *
   * @param bytes real size
   */
  record Short(long bytes) implements Fault {
    public Short {
      if (bytes < 0) {
        throw new IllegalArgumentException("cannot shorten a disk to " + bytes + " bytes");
      }
    }

    @Override
    public String toString() {
      return "short=" + bytes;
    }
  }

  /** Flush and FUA are acknowledged and ignored: nothing is durable before an orderly end. */
  record LyingFlush() implements Fault {
    @Override
    public String toString() {
      return "lying-flush";
    }
  }

  /**
   * Power is cut as soon as so many requests that change or flush the disk were issued; the last one gets no answer.
   *
   * @param requests at least 1, counted from the moment the fault is switched on
   */
  record CutAfter(long requests) implements Fault {
    public CutAfter {
      if (requests < 1) {
        throw new IllegalArgumentException("cannot cut power after " + requests + " requests: give at least 1");
      }
    }

    @Override
    public String toString() {
      return "cut-after=" + requests;
    }
  }

  /**
   * Reads the notation of the command line, which {@code toString} writes: {@code eio=OFFSET+LENGTH}, {@code slow=MS},
   * {@code short=SIZE}, {@code lying-flush}, {@code cut-after=N}. Numbers take the suffixes k, M, G (powers of 1024).
   *
   * @throws IllegalArgumentException {@code cannot read fault ...}
   */
  static Fault parse(String text) {
    String[] parts = text.split("=", 2);
    String value = parts.length == 2 ? parts[1] : "";
    try {
      return switch (parts[0]) {
        case "eio" -> eio(value);
        case "slow" -> new Slow(Math.toIntExact(number(value)));
        case "short" -> new Short(number(value));
        case "cut-after" -> new CutAfter(number(value));
        case "lying-flush" -> {
          if (parts.length == 2) {
            throw new IllegalArgumentException("it takes no value");
          }
          yield new LyingFlush();
        }
        default ->
            throw new IllegalArgumentException(
                "known are eio=OFFSET+LENGTH, slow=MS, short=SIZE, lying-flush, cut-after=N");
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("cannot read fault '" + text + "': " + e.getMessage(), e);
    }
  }

  private static Fault eio(String value) {
    int plus = value.indexOf('+');
    if (plus < 0) {
      throw new IllegalArgumentException("write the range as OFFSET+LENGTH");
    }
    return new Eio(number(value.substring(0, plus)), number(value.substring(plus + 1)));
  }

  private static long number(String text) {
    String digits = text.strip();
    char last = digits.isEmpty() ? '0' : digits.toLowerCase(Locale.ROOT).charAt(digits.length() - 1);
    int shift = "kmg".indexOf(last) + 1;
    if (shift > 0) {
      digits = digits.substring(0, digits.length() - 1);
    }
    try {
      return Math.multiplyExact(Long.parseLong(digits), 1L << (10 * shift));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number", e);
    }
  }
}
