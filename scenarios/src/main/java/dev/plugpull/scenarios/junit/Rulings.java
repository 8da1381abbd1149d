package dev.plugpull.scenarios.junit;

import dev.plugpull.scenarios.contract.Property;
import dev.plugpull.scenarios.trial.CounterExample;
import dev.plugpull.scenarios.trial.Evidence;
import dev.plugpull.scenarios.trial.Tried;
import java.util.function.Consumer;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** From what is known of a requirement to what becomes of its test. */
final class Rulings {
  private Rulings() {}

  /** Passes, fails or aborts the test of one requirement; {@code evidence} hears of the files of a failing one. */
  static void check(Tried<?> tried, Property requirement, Consumer<Evidence> evidence) {
    boolean known = tried.trial().violates().equals(requirement.id());
    Telling.epic(requirement);
    switch (tried.ruling(requirement.id())) {
      case Tried.Held held -> {
        if (known) {
          throw new AssertionFailedError(requirement.id() + " is known to be violated by " + tried.trial().title()
              + ", and no history violates it any more (" + held.words() + ")\n  remedy   take violates: out of the"
              + " profile");
        }
      }
      case Tried.Violated violated -> {
        if (!known) {
          throw new AssertionFailedError(words(violated.example(), evidence));
        }
      }
      case Tried.Excused excused -> throw new TestAbortedException(
          requirement.id() + " is violated and excused: " + excused.clause() + "\n"
              + words(excused.example(), evidence));
      case Tried.Unknown unknown -> throw new AssertionFailedError("cannot tell whether " + requirement.id()
          + " holds for " + tried.trial().title() + ": " + unknown.why() + "\n  remedy   raise workUnits, or take a"
          + " smaller device");
    }
  }

  private static String words(CounterExample<?> example, Consumer<Evidence> heard) {
    Evidence evidence = Evidence.write(example);
    heard.accept(evidence);
    Telling.tell(example, evidence);
    return example.words() + evidence.words();
  }
}
