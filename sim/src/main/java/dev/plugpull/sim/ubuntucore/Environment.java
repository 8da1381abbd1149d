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
 */
record Environment(int offered, Set<Interruption> strikes, java.util.List<String> events, String asked,
    boolean diskFull, Hash128 hash) {

  Environment(int offered, Set<Interruption> strikes, java.util.List<String> events, String asked, boolean diskFull) {
    this(offered, strikes, events, asked, diskFull, Hash128.of(
        offered + "|" + new java.util.TreeSet<>(strikes) + "|" + events + "|" + asked + "|" + diskFull));
  }

  Environment withoutStrikes() {
    return strikes.isEmpty() ? this : new Environment(offered, Set.of(), events, asked, diskFull);
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
