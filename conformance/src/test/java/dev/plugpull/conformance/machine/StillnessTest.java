package dev.plugpull.conformance.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which boots that ran out of time say something. */
class StillnessTest {
  private static final Duration WHOLE = Duration.ofSeconds(120);

  /** Processor seconds halfway and at the end of two minutes. */
  @ParameterizedTest
  @CsvSource({
      "5.0,  5.0,  true",   // started, then nothing more
      "0.0,  0.0,  true",   // got no processor at all
      "5.0,  6.1,  true",   // the clock of an idle guest ticks
      "5.0,  6.3,  false",  // one that still does something, however slowly
      "60.0, 120.0, false", // lost in a loop
  })
  void onlyTheSecondHalfCounts(double halfway, double end, boolean still) {
    Stillness stillness = new Stillness(WHOLE);
    stillness.see(Duration.ofSeconds(10), () -> Duration.ofSeconds(1));
    stillness.see(Duration.ofSeconds(60), () -> seconds(halfway));
    stillness.see(Duration.ofSeconds(61), () -> seconds(end));
    assertThat(stillness.stoodStill(WHOLE, seconds(end))).isEqualTo(still);
  }

  @Test
  void aBusyStartIsNoSignOfLifeLater() {
    Stillness stillness = new Stillness(WHOLE);
    stillness.see(Duration.ofSeconds(75), () -> Duration.ofSeconds(70));
    assertThat(stillness.stoodStill(WHOLE, Duration.ofSeconds(70))).isTrue();
  }

  @Test
  void whatNobodySawIsMeasuredFromTheStart() {
    assertThat(new Stillness(WHOLE).stoodStill(WHOLE, Duration.ofSeconds(1))).isTrue();
    assertThat(new Stillness(WHOLE).stoodStill(WHOLE, Duration.ofSeconds(30))).isFalse();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
