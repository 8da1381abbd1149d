package dev.plugpull.conformance.machine;

/** How a boot ended. */
public sealed interface BootEnd {

  /** The system is up and said so. */
  record Healthy(Health health) implements BootEnd {}

  /**
   * It never will be: a panic, a prompt, a rescue shell.
   *
   * @param meaning of what was seen
   * @param line what was seen
   */
  record Dead(String meaning, String line) implements BootEnd {}

  /** It restarted by itself, again and again. */
  record Loop(int restarts) implements BootEnd {}

  /** It switched itself off. */
  record PoweredOff() implements BootEnd {}

  /** We cut its power. */
  record Cut() implements BootEnd {}

  /** It is alive and says that it is not healthy. */
  record Unhealthy(String why) implements BootEnd {}

  /** Nothing was decided in time, although it ran. Never answers another state. */
  record Hang(int seconds) implements BootEnd {}

  /**
   * Nothing was decided in time, and it did not run: no observation at all.
   *
   * @param line the last one on its console
   * @see Stillness
   */
  record Stall(int seconds, String line) implements BootEnd {}

  /** In words, for reports; the same for the same end. */
  default String words() {
    return switch (this) {
      case Healthy up -> "healthy: " + up.health();
      case Dead dead -> dead.meaning() + ": " + dead.line();
      case Loop loop -> "restarts for ever (" + loop.restarts() + " times seen)";
      case PoweredOff _ -> "switches itself off";
      case Cut _ -> "the power was cut";
      case Unhealthy sick -> "up, but not healthy: " + sick.why();
      case Hang hang -> "no sign of life within " + hang.seconds() + " s";
      case Stall stall -> "stood still until " + stall.seconds() + " s were over"
          + (stall.line().isEmpty() ? "" : ", after: " + stall.line());
    };
  }
}
