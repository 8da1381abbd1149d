package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.media.Hash128;
import java.util.Set;

/**
 * The scenario's automaton: the world around the device.
 *
 * @param offered revision that the store offers for the refreshed parts; {@link Revisions#OLD}: nothing new
 * @param strikes events that may still strike
 * @param events at-rest events that may still happen
 * @param asked {@code refresh}: take what the store offers; {@code again}: even if it failed before; {@code revert}:
 *     the user asked to go back
 * @param diskFull true while no free block is left on the data partition
 * @param tryboot true between a reboot that asks the Raspberry Pi's firmware for a try and the firmware's reading it; a
 *     power cut forgets it
 */
record Environment(int offered, Set<Interruption> strikes, java.util.List<String> events, String asked,
    boolean diskFull, boolean tryboot, Hash128 hash) {

  Environment(int offered, Set<Interruption> strikes, java.util.List<String> events, String asked, boolean diskFull) {
    this(offered, strikes, events, asked, diskFull, false);
  }

  private Environment(int offered, Set<Interruption> strikes, java.util.List<String> events, String asked,
      boolean diskFull, boolean tryboot) {
    this(offered, strikes, events, asked, diskFull, tryboot, Hash128.of(
        offered + "|" + new java.util.TreeSet<>(strikes) + "|" + events + "|" + asked + "|" + diskFull
            + (tryboot ? "|tryboot" : "")));
  }

  /** After a power cut, or once something struck: nothing else strikes, and volatile requests are forgotten. */
  Environment withoutStrikes() {
    return strikes.isEmpty() && !tryboot ? this : new Environment(offered, Set.of(), events, asked, diskFull);
  }

  Environment tryboot(boolean wanted) {
    return wanted == tryboot ? this : new Environment(offered, strikes, events, asked, diskFull, wanted);
  }

  Environment asked(String wish) {
    return new Environment(offered, strikes, events, wish, diskFull);
  }

  Environment withoutEvent(String event) {
    java.util.List<String> rest = events.stream().filter(e -> !e.equals(event)).toList();
    return new Environment(offered, strikes, rest, asked, diskFull);
  }

  Environment offering(int revision) {
    return new Environment(revision, strikes, events, "refresh", diskFull);
  }

  Environment full(boolean full) {
    return new Environment(offered, strikes, events, asked, full);
  }
}
