package dev.plugpull.sim.ostree;

import dev.plugpull.sim.device.Interruption;
import dev.plugpull.sim.media.Hash128;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scenario's automaton: the world around the device, what the operator knows, and what monitors remember.
 *
 * @param offered release on offer
 * @param wish {@code upgrade}, {@code rollback} or {@code nothing}: what the operator wants
 * @param told what the device reported about that wish: {@code done}, {@code failed} or empty
 * @param why the reason reported with it
 * @param attempts orderly reboots into the update that came back without it and without a word: 0, 1 or 2 for more,
 *     after which the operator gives up
 * @param edited true once an edit of {@code /etc} was acknowledged
 * @param done DURAB: the highest release that was reported as done
 * @param unverified INTEG: something ran that was not whole
 * @param cut SPACE: power failed, so what a cut-off cleanup left may stay until the next update
 * @param strikes events that may still strike
 * @param events at-rest events that may still happen
 * @param diskFull true while no free block is left on the root file system
 */
record World(int offered, String wish, String told, String why, int attempts, boolean edited, int done,
    boolean unverified, boolean cut, Set<Interruption> strikes, List<String> events, boolean diskFull,
    Hash128 hash) {
  /** The wish of an operator who is not there. */
  static final String NOTHING = "nothing";

  World(int offered, String wish, String told, String why, int attempts, boolean edited, int done,
      boolean unverified, boolean cut, Set<Interruption> strikes, List<String> events, boolean diskFull) {
    this(offered, wish, told, why, attempts, edited, done, unverified, cut, strikes, events, diskFull,
        Hash128.of(offered + "|" + cut + "|" + wish + "|" + told + "|" + why + "|" + attempts + "|" + edited
            + "|" + done + "|" + unverified + "|" + new TreeSet<>(strikes) + "|" + events + "|" + diskFull));
  }

  static World of(OstreeScenario scenario) {
    return new World(Versions.NEW, "upgrade", "", "", 0, false, 0, false, false, scenario.interruptions(),
        scenario.events(), false);
  }

  World withoutStrikes() {
    return strikes.isEmpty() ? this : new World(
        offered, wish, told, why, attempts, edited, done, unverified, cut, Set.of(), events, diskFull);
  }

  /** The operator wants something; who wants to go back takes back that the update was done. */
  World asking(String newWish) {
    int claimed = newWish.equals("rollback") ? 0 : done;
    return new World(offered, newWish, "", "", 0, edited, claimed, unverified, cut, strikes, events, diskFull);
  }

  World offering(int release) {
    return new World(release, "upgrade", "", "", 0, edited, done, unverified, cut, Set.of(), List.of(), diskFull);
  }

  World telling(String what, String reason) {
    return told.equals(what) && why.equals(reason) ? this : new World(
        offered, wish, what, reason, attempts, edited, done, unverified, cut, strikes, events, diskFull);
  }

  World tried(int count) {
    return count == attempts ? this : new World(
        offered, wish, told, why, count, edited, done, unverified, cut, strikes, events, diskFull);
  }

  World withEdit() {
    return new World(offered, wish, told, why, attempts, true, done, unverified, cut, strikes, events, diskFull);
  }

  World done(int release) {
    return release <= done ? this : new World(
        offered, wish, told, why, attempts, edited, release, unverified, cut, strikes, events, diskFull);
  }

  World ranUnverified() {
    return unverified ? this : new World(
        offered, wish, told, why, attempts, edited, done, true, cut, strikes, events, diskFull);
  }

  World withoutEvent(String event) {
    List<String> rest = events.stream().filter(e -> !e.equals(event)).toList();
    return new World(offered, wish, told, why, attempts, edited, done, unverified, cut, strikes, rest, diskFull);
  }

  World afterCut() {
    return cut ? this : new World(
        offered, wish, told, why, attempts, edited, done, unverified, true, strikes, events, diskFull);
  }

  World full(boolean full) {
    return new World(offered, wish, told, why, attempts, edited, done, unverified, cut, strikes, events, full);
  }
}
