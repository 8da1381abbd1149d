package dev.plugpull.scenarios.trial;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Property;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a trial.
 *
 * @param <S> the state between two boots
 */
public record Tried<S>(Trial<S> trial, Exploration<S> exploration) {

  /** What is known of one requirement. */
  public sealed interface Ruling {}

  /** It held in every history inside the bounds. */
  public record Held(String words) implements Ruling {}

  /** A history breaks it. */
  public record Violated(CounterExample<?> example) implements Ruling {}

  /** A history breaks it, and a clause says why that is no fault of this device. */
  public record Excused(CounterExample<?> example, String clause) implements Ruling {}

  /** The search ended before that was known. */
  public record Unknown(String why) implements Ruling {}

  /** Ids of the requirements that this trial rules on: all, or the one that the device is known to violate. */
  public List<Property> requirements() {
    return requirements(trial);
  }

  /** Before anything was tried. */
  public static List<Property> requirements(Trial<?> trial) {
    return Contract.properties().stream()
        .filter(property -> trial.violates().isEmpty() || property.id().equals(trial.violates()))
        .toList();
  }

  /** The ruling on a requirement. */
  public Ruling ruling(String requirement) {
    Optional<CounterExample<S>> example = counterExample(requirement);
    if (example.isPresent()) {
      String clause = trial.excuses().get(requirement);
      return clause == null ? new Violated(example.get()) : new Excused(example.get(), clause);
    }
    return exploration.complete() ? new Held(words()) : new Unknown(String.join("; ", exploration.notLookedAt()));
  }

  /** The shortest history that breaks a requirement, made minimal. Writes nothing. */
  public Optional<CounterExample<S>> counterExample(String requirement) {
    return violation(requirement).map(finding ->
        CounterExample.shrunk(this, finding.property(), finding.why(), finding.plan()));
  }

  private Optional<Finding<S>> violation(String requirement) {
    Finding<S> shortest = exploration.shortest(requirement);
    if (shortest != null || exploration.complete()) {
      return Optional.ofNullable(shortest);
    }
    // A search that ended early may have missed what shows without any fault.
    Replayed<S> run = trial.check(FaultPlan.NOTHING);
    return run.violations().stream().filter(v -> v.property().equals(requirement)).findFirst()
        .map(v -> new Finding<>(v.property(), v.why(), 1, 0, FaultPlan.NOTHING, run.settlement()));
  }

  /** All requirements that are violated and not excused, in the order of the contract. */
  public Stream<String> violated() {
    return requirements().stream().map(Property::id).filter(id -> ruling(id) instanceof Violated);
  }

  /** How much was looked at, in words. */
  public String words() {
    var counts = exploration.counts();
    return String.format(Locale.ROOT, "%,d durable states, %,d crash states, %s%s", counts.durableStates(),
        counts.crashStates(), counts.fixpoint() ? "fixpoint" : "no fixpoint",
        counts.boundedWindows() == 0 ? "" : ", " + counts.boundedWindows() + " windows bounded");
  }
}
