package dev.plugpull.scenarios.assertj;

import dev.plugpull.sim.device.Outcome;
import org.assertj.core.api.AbstractAssert;

/** Assertions about where a device ended. */
public final class OutcomeAssert extends AbstractAssert<OutcomeAssert, Outcome> {
  private final String seen;

  OutcomeAssert(Outcome actual, String seen) {
    super(actual, OutcomeAssert.class);
    this.seen = seen;
  }

  /** Exactly the system from before the update or exactly that of the update. */
  public OutcomeAssert isExactlyOldOrNew() {
    return is(actual == Outcome.OLD || actual == Outcome.NEW, "exactly old or exactly new");
  }

  /** Exactly the system from before the update. */
  public OutcomeAssert isOld() {
    return is(actual == Outcome.OLD, "exactly old");
  }

  /** Exactly the system of the update. */
  public OutcomeAssert isNew() {
    return is(actual == Outcome.NEW, "exactly new");
  }

  private OutcomeAssert is(boolean holds, String wanted) {
    isNotNull();
    if (!holds) {
      failWithMessage("expected the device to end %s, and it ended %s%s", wanted, actual.word(), seen);
    }
    return this;
  }
}
