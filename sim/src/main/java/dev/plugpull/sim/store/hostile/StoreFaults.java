package dev.plugpull.sim.store.hostile;

import dev.plugpull.sim.store.hostile.StoreFault.Reset.Place;
import dev.plugpull.sim.store.hostile.StoreFault.Reset;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of faults, each with usual numbers, by its word. */
public final class StoreFaults {

  private static final int MIDDLE = 500;
  private static final Map<String, StoreFault> ALL = catalogue();

  private StoreFaults() {}

  private static Map<String, StoreFault> catalogue() {
    Map<String, StoreFault> all = new LinkedHashMap<>();
    for (StoreFault fault : List.of(
        new StoreFault.Truncated(MIDDLE), new StoreFault.Stalled(MIDDLE), new StoreFault.BitFlipped(MIDDLE),
        new StoreFault.Duplicated(MIDDLE, 8), new StoreFault.Slow(1), new Reset(Place.HEADER), new Reset(Place.BODY),
        new Reset(Place.LAST_BYTE), new StoreFault.WrongLength(7), new StoreFault.WrongLength(-7),
        new StoreFault.Unreachable(), new StoreFault.CaptivePortal(),
        new StoreFault.Refused(429, Duration.ofSeconds(120)), new StoreFault.Refused(503, Duration.ZERO),
        new StoreFault.ContentSwapped(), new StoreFault.SignatureBroken(), new StoreFault.Frozen(),
        new StoreFault.RolledBack(), new StoreFault.MixedUp(), new StoreFault.KeyRevoked(),
        new StoreFault.KeyRotated(), new StoreFault.KeyExpired(), new StoreFault.ContentRevoked(),
        new StoreFault.ClockJumped(Duration.ofDays(-3650)), new StoreFault.ClockJumped(Duration.ofDays(3650)),
        new StoreFault.ClockLost(), new StoreFault.OfflineForAYear())) {
      all.put(fault.word(), fault);
    }
    return Collections.unmodifiableMap(all);
  }

  /** Word to fault, in the order of the catalogue. */
  public static Map<String, StoreFault> all() {
    return ALL;
  }

  /** The fault of that word. */
  public static Optional<StoreFault> named(String word) {
    return Optional.ofNullable(ALL.get(word));
  }
}
