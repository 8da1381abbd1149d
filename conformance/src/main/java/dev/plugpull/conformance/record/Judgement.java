package dev.plugpull.conformance.record;

import java.util.List;

/**
 * What is known about one crash state.
 *
 * @param state its id
 * @param position of the cut
 * @param request that makes the difference, or -1
 * @param hash of its content
 * @param answeredBy id of the state whose boot saw the same bytes; empty if it was booted itself
 * @param trial of the state, or of the one that answers it
 * @param outcome after all repetitions
 * @param why of an outcome that is not that of the trial, or empty
 */
public record Judgement(String state, int position, int request, String hash, String answeredBy, Trial trial,
    Outcome outcome, String why) {

  /** True if this very state was booted. */
  public boolean booted() {
    return answeredBy.isEmpty();
  }

  /** True if the power was cut again while the system recovered from the first cut. */
  public boolean secondCut() {
    return Recoveries.isSecondCut(state);
  }

  /** How the boots ended, in order. */
  public List<String> ends() {
    return trial.ends();
  }

  Judgement changedTo(Outcome other, String reason) {
    return new Judgement(state, position, request, hash, answeredBy, trial, other, reason);
  }
}
