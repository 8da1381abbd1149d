package dev.plugpull.sim.slots;

import dev.plugpull.sim.media.Hash128;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What outlives a boot beside the media: the world around the device, monitors, and what a warm reset spares.
 * Immutable; a fact that is not set reads as the empty text.
 *
 * <p>No fact grows: each family's facts have a few values, so that the graph stays finite.
 */
public final class World {
  /** Prefix of facts in registers and RAM: a warm reset keeps them, a power cut does not. */
  public static final String WARM = "warm.";

  /** Revision that the server offers. */
  static final String OFFERED = "offered";
  /** What the user asked for last: {@code update}, {@code again}, {@code rollback}, {@code cancelled}. */
  static final String ASKED = "asked";
  /** Interruptions that may still strike. */
  static final String STRIKES = "strikes";
  /** Things that may still be done to the device at rest. */
  static final String EVENTS = "events";
  /** Set while no free block is left on the data partition. */
  static final String FULL = "full";
  /** Monitor of CONV: the user asked again, and power was on since. */
  static final String AGAIN = WARM + "again";
  /** Monitor of DURAB: the revision whose update was reported as done. */
  static final String DONE = "done";

  private final SortedMap<String, String> facts;
  private final Hash128 hash;

  private World(SortedMap<String, String> facts, Hash128 hash) {
    this.facts = facts;
    this.hash = hash;
  }

  static final World EMPTY = new World(new TreeMap<>(), Hash128.of("world"));

  public String get(String name) {
    return facts.getOrDefault(name, "");
  }

  public boolean has(String name) {
    return facts.containsKey(name);
  }

  public int number(String name) {
    String value = get(name);
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }

  /** This world with another value; the empty text removes the fact. */
  public World with(String name, String value) {
    if (get(name).equals(value)) {
      return this;
    }
    SortedMap<String, String> others = new TreeMap<>(facts);
    Hash128 sum = has(name) ? hash.minus(entry(name, get(name))) : hash;
    if (value.isEmpty()) {
      others.remove(name);
    } else {
      others.put(name, value);
      sum = sum.plus(entry(name, value));
    }
    return new World(others, sum);
  }

  /** This world after power was off. */
  World cold() {
    World cold = this;
    for (String name : facts.keySet()) {
      cold = name.startsWith(WARM) ? cold.with(name, "") : cold;
    }
    return cold;
  }

  private static Hash128 entry(String name, String value) {
    return Hash128.of(name + "=" + value);
  }

  public SortedMap<String, String> facts() {
    return Collections.unmodifiableSortedMap(facts);
  }

  Hash128 hash() {
    return hash;
  }
}
