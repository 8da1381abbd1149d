package dev.plugpull.sim.store.assertion;

import java.time.Instant;
import java.util.Optional;

/**
 * When an account-key may sign, or another statement holds: from {@code since} on, before {@code until}. {@code until}
 * equal to {@code since} is a key that was revoked for all time (spec 1.6).
 */
public record ValidityWindow(Instant since, Optional<Instant> until) {

  static ValidityWindow of(Assertion statement) throws AssertionException {
    Instant since = statement.time("since").orElseThrow(
        () -> new AssertionException("cannot use " + statement.typeName() + ": header 'since' is missing"));
    Optional<Instant> until = statement.time("until");
    if (until.isPresent() && until.get().isBefore(since)) {
      throw new AssertionException("cannot use " + statement.typeName() + ": 'until' lies before 'since'");
    }
    return new ValidityWindow(since, until);
  }

  boolean holds(Instant moment) {
    return !moment.isBefore(since) && endsAfter(moment);
  }

  /** The weaker test of a device whose clock may be wrong: only a lower limit of the time is known. */
  boolean endsAfter(Instant earliest) {
    return until.isEmpty() || earliest.isBefore(until.get());
  }
}
