package dev.plugpull.scenarios.assertj;

import dev.plugpull.scenarios.trial.Tried;
import org.assertj.core.api.AbstractAssert;

/** Assertions about every history of a device. */
public final class TriedAssert extends AbstractAssert<TriedAssert, Tried<?>> {

  TriedAssert(Tried<?> actual) {
    super(actual, TriedAssert.class);
  }

  /** Everything inside the printed bounds was looked at. */
  public TriedAssert reachedFixpoint() {
    isNotNull();
    if (!actual.exploration().complete()) {
      failWithMessage("expected the search of %s to reach its fixpoint, and it did not: %s (%s)",
          actual.trial().title(), String.join("; ", actual.exploration().notLookedAt()), actual.words());
    }
    return this;
  }

  /** Beside {@link #reachedFixpoint}: every window of pending writes was tried in full. */
  public TriedAssert triedEveryWindowInFull() {
    isNotNull();
    if (actual.exploration().counts().boundedWindows() > 0) {
      failWithMessage("expected every window of pending writes of %s to be tried in full, and %d were not (%s)",
          actual.trial().title(), actual.exploration().counts().boundedWindows(), actual.words());
    }
    return this;
  }

  /** In no history is the device lost: requirement NOBRICK. */
  public TriedAssert hasNoBrick() {
    return keeps("NOBRICK");
  }

  /** Wherever power fails, exactly the old or exactly the new system runs in the end: NOBRICK and ATOM. */
  public TriedAssert isExactlyOldOrNewAtEveryCut() {
    return keeps("NOBRICK").keeps("ATOM");
  }

  /** Every requirement of the contract holds in every history; excuses of the trial count. */
  public TriedAssert keepsTheContract() {
    isNotNull();
    actual.requirements().forEach(requirement -> keeps(requirement.id()));
    return this;
  }

  /** A requirement of the contract holds in every history. */
  public TriedAssert keeps(String requirement) {
    isNotNull();
    switch (actual.ruling(requirement)) {
      case Tried.Held held -> { }
      case Tried.Excused excused -> { }
      case Tried.Violated violated -> failWithMessage("%s", violated.example().message());
      case Tried.Unknown unknown -> failWithMessage("cannot tell whether %s holds for %s: %s (%s)", requirement,
          actual.trial().title(), unknown.why(), actual.words());
    }
    return this;
  }

  /** A history breaks a requirement: for a device that is broken on purpose. */
  public TriedAssert violates(String requirement) {
    isNotNull();
    if (actual.counterExample(requirement).isEmpty()) {
      failWithMessage("expected a history of %s that violates %s, and found none (%s)", actual.trial().title(),
          requirement, actual.words());
    }
    return this;
  }
}
