package dev.plugpull.sim.store.snap;

import dev.plugpull.sim.store.assertion.VerificationKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The devices that registered: each has a serial of its own among those of its model, and a key. */
final class Devices {

  private static final int MOST = 100_000;

  /** By {@code BRAND/MODEL/SERIAL}. */
  private final TreeMap<String, VerificationKey> keys = new TreeMap<>();
  private int asked;

  Devices copy() {
    Devices copy = new Devices();
    copy.keys.putAll(keys);
    copy.asked = asked;
    return copy;
  }

  /** The number of a new request. */
  int ask() {
    return asked == Integer.MAX_VALUE ? asked : ++asked;
  }

  /** How many requests were asked for. */
  int asked() {
    return asked;
  }

  Optional<VerificationKey> key(String brand, String model, String serial) {
    return Optional.ofNullable(keys.get(brand + "/" + model + "/" + serial));
  }

  /**
   * The serial of a device: the one that its key has already, or a new one.
   *
   * @param proposed what the device would like; empty for the next number
   * @return empty if another device has what is proposed, it is no serial, or the store can hold no more
   */
  Optional<String> register(String brand, String model, String proposed, VerificationKey key) {
    String prefix = brand + "/" + model + "/";
    Map<String, VerificationKey> siblings = keys.subMap(prefix, brand + "/" + model + "0");
    Optional<String> known = siblings.entrySet().stream().filter(entry -> entry.getValue().id().equals(key.id()))
        .map(entry -> entry.getKey().substring(prefix.length())).findFirst();
    if (known.isPresent()) {
      return known;
    }
    String serial = proposed;
    for (int number = siblings.size() + 1; serial.isEmpty(); number++) {
      serial = keys.containsKey(prefix + number) ? "" : Integer.toString(number);
    }
    if (serial.contains("/") || keys.size() >= MOST || keys.putIfAbsent(prefix + serial, key) != null) {
      return Optional.empty();
    }
    return Optional.of(serial);
  }
}
