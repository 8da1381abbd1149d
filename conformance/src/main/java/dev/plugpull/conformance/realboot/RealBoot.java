package dev.plugpull.conformance.realboot;

import dev.plugpull.sim.media.Content;
import java.util.List;
import java.util.SortedMap;

/**
 * One boot in the real loader.
 *
 * @param started what was started, null if nothing was
 * @param errors the error lines of the console
 * @param changed partitions that it wrote to: number, to all files there afterwards
 * @param saved what the loader saved in its own store, null if it did not
 * @param console everything that it printed
 */
record RealBoot(
    End end,
    Started started,
    List<String> errors,
    SortedMap<Integer, SortedMap<String, Content>> changed,
    Content saved,
    String console) {

  /** How a boot ended. */
  enum End {
    STARTED("starts a kernel"),
    RESET("resets"),
    POWER_OFF("powers off"),
    STANDS("stands still");

    private final String words;

    End(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * What a program that stands for a kernel was handed.
   *
   * @param kernel its own identity, as {@link StandIn#identity}
   * @param arguments the command line
   * @param initrd identity of the initial RAM disk, empty if there was none
   */
  record Started(String kernel, String arguments, String initrd) {}
}
