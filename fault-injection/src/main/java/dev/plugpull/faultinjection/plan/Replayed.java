package dev.plugpull.faultinjection.plan;

import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import java.util.List;

/**
 * What a plan did to a device.
 *
 * @param plan the plan with its losses told as they were found
 * @param trace the story, empty if nobody asked for it
 * @param settlement how the device ended; null if the plan could not be followed
 * @param violations what the contract and the monitors say
 * @param missing steps that were not reached and writes that were not found
 * @param <S> the state between two boots
 */
public record Replayed<S>(
    FaultPlan plan, List<TraceStep> trace, Settlement<S> settlement, List<Violation> violations, List<String> missing) {

  public Replayed {
    trace = List.copyOf(trace);
    violations = List.copyOf(violations);
    missing = List.copyOf(missing);
  }

  /** True if every step struck. */
  public boolean followed() {
    return settlement != null;
  }

  /** True if the plan could be followed and the property was violated. */
  public boolean violates(String property) {
    return followed() && violations.stream().anyMatch(violation -> violation.property().equals(property));
  }

  /** True if the plan could be followed and the property was violated for just this reason. */
  public boolean violates(String property, String why) {
    return followed() && violations.contains(new Violation(property, why));
  }
}
