package dev.plugpull.scenarios.assertj;

import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.trial.Attempt;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import org.assertj.core.api.AbstractAssert;

/** Assertions about one history of a device. */
public final class AttemptAssert extends AbstractAssert<AttemptAssert, Attempt<?>> {

  AttemptAssert(Attempt<?> actual) {
    super(actual, AttemptAssert.class);
  }

  /** It violates no requirement of the contract, but for those that the trial excuses. */
  public AttemptAssert keepsTheContract() {
    isNotNull();
    actual.counterExample().ifPresent(example -> failWithMessage("%s", example.message()));
    return this;
  }

  /** The device settles, and runs exactly the old or exactly the new system then. */
  public AttemptAssert endsExactlyOldOrNew() {
    isNotNull();
    Replayed<?> run = actual.run();
    boolean settled = run.followed() && run.settlement().settled();
    boolean whole = settled && switch (run.settlement().observation().outcome()) {
      case OLD, NEW -> true;
      case MIXED, STUCK, BRICK -> false;
    };
    if (!whole) {
      String why = !run.followed() ? "the plan cannot be followed: " + run.missing()
          : settled ? "it ends " + run.settlement().observation().outcome().word() : run.settlement().why();
      CounterExample<?> example = CounterExample.of(actual, "exactly old or new", why);
      failWithMessage("%s", example.words() + Evidence.write(example).words());
    }
    return this;
  }
}
