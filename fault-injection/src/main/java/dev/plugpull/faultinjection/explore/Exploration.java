package dev.plugpull.faultinjection.explore;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.settling.Settlement;
import java.util.List;
import java.util.Map;

/**
 * What a search found.
 *
 * @param counts how much was looked at
 * @param outcomes durable states by where their future ends
 * @param findings every way in which a property is violated, the shortest plan first, equal lengths as found
 * @param spurious durable states from which a good update ends rolled back
 * @param crashMap what a cut does, by durability point and kind of loss
 * @param statesByFaults new durable states by the number of faults that they need, from 0: how the graph grew
 * @param notLookedAt why this is no fixpoint, in words; empty if it is one and nothing else is amiss
 * @param tableBytes memory of tables and nodes, without what the states themselves hold
 * @param <S> the state between two boots
 */
public record Exploration<S>(
    Counts counts,
    Map<Fate, Long> outcomes,
    List<Finding<S>> findings,
    long spurious,
    CrashMap crashMap,
    List<Long> statesByFaults,
    List<String> notLookedAt,
    long tableBytes,
    Nodes<S> nodes) {

  /** How to get at single nodes by their number. */
  public interface Nodes<S> {
    /** The shortest plan that leads to a node. */
    FaultPlan plan(int node);

    /** How a node settles; null if the search ended before that was known. */
    Settlement<S> settlement(int node);

    /** The durable state of a node. */
    S state(int node);

    /** How many nodes there are. */
    int size();
  }

  /** True if everything inside the bounds was looked at. */
  public boolean complete() {
    return counts.fixpoint() && notLookedAt.isEmpty();
  }

  /** The shortest finding for a property, null if the property held everywhere. */
  public Finding<S> shortest(String property) {
    return findings.stream().filter(finding -> finding.property().equals(property)).findFirst().orElse(null);
  }

  /** Durable states that violate a property; a state with two reasons counts twice. */
  public long violating(String property) {
    return findings.stream().filter(f -> f.property().equals(property)).mapToLong(Finding::nodes).sum();
  }
}
