package dev.plugpull.sim.ubuntucore.gadget;

import java.util.Map;

/**
 * Where the keys of a map stand in a file.
 *
 * @param start line of the map itself
 * @param keys line of each key
 */
public record Lines(int start, Map<String, Integer> keys) {

  public static final Lines UNKNOWN = new Lines(0, Map.of());

  /** Line of a key, or of the map if the key is not written. */
  public int of(String key) {
    return keys.getOrDefault(key, start);
  }
}
