package dev.plugpull.conformance.machine;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Whether a machine stood still until its time was over: in the second half of the time it used less than
 * {@value #PERMILLE} thousandths of a processor. Such a boot says nothing about the disk that it was given. Now and
 * then an emulator loses a request and waits for it, and on a busy host it may get no processor at all; a guest that
 * waits for somebody to type looks the same. A guest that is lost in a loop uses the processor.
 */
final class Stillness {
  static final int PERMILLE = 20;

  private final Duration whole;
  private Duration halfway;
  private Duration usedHalfway;

  /**
   * Nothing seen yet.
   *
   * @param whole how long the machine has at most
   */
  Stillness(Duration whole) {
    this.whole = whole;
  }

  /**
   * Takes note; to be called now and then.
   *
   * @param passed since the machine's time began
   * @param used processor time of the emulator so far
   */
  void see(Duration passed, Supplier<Duration> used) {
    if (halfway == null && passed.compareTo(whole.dividedBy(2)) >= 0) {
      halfway = passed;
      usedHalfway = used.get();
    }
  }

  /**
   * Whether the machine stood still.
   *
   * @param passed when its time was over
   * @param used processor time of the emulator then
   */
  boolean stoodStill(Duration passed, Duration used) {
    if (halfway == null) {
      // Nobody looked in the second half; what is not known does not count as a sign of life.
      halfway = Duration.ZERO;
      usedHalfway = Duration.ZERO;
    }
    return used.minus(usedHalfway).toNanos() < passed.minus(halfway).toNanos() / 1000 * PERMILLE;
  }
}
