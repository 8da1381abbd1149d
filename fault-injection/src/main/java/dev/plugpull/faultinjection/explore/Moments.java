package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.fingerprint.FingerprintMap;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.List;

/**
 * Moments of undisturbed boots from which on nothing but what is fingerprinted decides: a boot that comes to one of
 * them goes on as the boot that was there first.
 */
final class Moments {

  /**
   * A moment of a boot.
   *
   * @param here fingerprint of memory, volumes and what else survives a cut
   * @param tally what the boot had counted up to here
   */
  record Passed(Hash128 here, Tally tally) {}

  /**
   * The rest of a boot, from a moment on.
   *
   * @param node whose boot it was
   * @param tally what it counted from here on
   */
  record Rest(int node, Tally tally) {}

  private final FingerprintMap numbers = new FingerprintMap(1024);
  private final List<Rest> rests = new ArrayList<>();

  /** The boot that came to a moment first, null if none did. */
  Rest from(Hash128 here) {
    int number = numbers.get(here.hi(), here.lo());
    return number < 0 ? null : rests.get(number);
  }

  /** Takes in the moments of a boot. {@code whole} is what it counted to its end. */
  void add(int node, List<Passed> passed, Tally whole) {
    for (Passed moment : passed) {
      if (numbers.putIfAbsent(moment.here().hi(), moment.here().lo(), rests.size()) < 0) {
        rests.add(new Rest(node, whole.minus(moment.tally())));
      }
    }
  }

  /** Memory of the table. */
  long bytes() {
    return numbers.bytes() + 72L * rests.size();
  }
}
