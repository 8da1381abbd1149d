package dev.plugpull.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The shortest history found that breaks a promise.
 *
 * @param id stable id, which a waiver names
 * @param property id of the contract
 * @param title what goes wrong, in one sentence
 * @param scenario name of the scenario
 * @param outcome how the device ends
 * @param boots boots until it settled, looped or stopped
 * @param needsPerson empty, {@code once} (one power cycle heals it) or {@code for good}
 * @param cures the minimal exchanges that cure it, each in words
 * @param because why it happens, in the vendor's terms
 * @param countsAgainstGadget whether it makes the verdict fail
 * @param waived reason and expiry of the waiver that excuses it, or null
 * @param replay the command that repeats it; not covered by the digest, as it names the output folder
 */
public record CounterExample(String id, String property, String title, String scenario, Outcome outcome, int boots,
    String needsPerson, Party attributedTo, List<String> cures, String because, boolean countsAgainstGadget,
    @JsonInclude(JsonInclude.Include.NON_NULL) String waived, List<FaultStep> faultPlan, List<TraceStep> trace,
    String replay) {
  public CounterExample {
    cures = List.copyOf(cures);
    faultPlan = List.copyOf(faultPlan);
    trace = List.copyOf(trace);
  }
}
