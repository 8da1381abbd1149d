package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One scenario, explored on one device.
 *
 * @param seconds wall time, for people only
 * @param <S> the state between two boots
 */
record Explored<S>(String scenario, UpdatingDevice<S> device, Exploration<S> result, double seconds) {

  /** Findings with one signature: the same property, the same reason, and the same point of the last cut. */
  record Signature(String property, String why, String point) {

    static Signature of(Finding<?> finding) {
      return new Signature(finding.property(), withoutPlaces(finding.why()), lastPoint(finding.plan()));
    }

    /** True if two reasons differ in places only. */
    static boolean sameReason(String one, String other) {
      return withoutPlaces(one).equals(withoutPlaces(other));
    }

    /** True if the other signature may tell of the same weakness. */
    boolean resembles(Signature other) {
      return property.equals(other.property) && (why.equals(other.why) || point.equals(other.point));
    }

    private static String lastPoint(FaultPlan plan) {
      if (plan.steps().isEmpty()) {
        return "";
      }
      return switch (plan.steps().getLast()) {
        case FaultPlan.Cut cut -> bare(cut.point());
        case FaultPlan.Strike strike -> bare(strike.point());
        case FaultPlan.AtRest rest -> rest.event();
        case FaultPlan.PowerCycle cycle -> "power cycle";
      };
    }

    private static String bare(String point) {
      int dot = point.indexOf('.');
      return dot < 0 ? point : point.substring(0, dot);
    }

    /** Line numbers, sizes and revisions differ between a script and its twin; the reason does not. */
    private static String withoutPlaces(String why) {
      return why.replaceAll("/?[\\w./-]+:\\d+", "").replaceAll("\\d+", "N").strip();
    }
  }

  /** What single histories violate, and where two of them contradict each other. */
  private List<Finding<S>> all() {
    List<Finding<S>> all = new ArrayList<>(result.findings());
    all.addAll(new Contradictions<>(result).findings());
    return all;
  }

  /** Good updates that ended rolled back: reason as reported, to the number of durable states that lead there. */
  SortedMap<String, Long> rolledBack() {
    SortedMap<String, Long> reasons = new TreeMap<>();
    for (int node = 0; node < result.nodes().size(); node++) {
      Settlement<S> end = result.nodes().settlement(node);
      if (end != null && end.isSpurious()) {
        reasons.merge(end.observation().why(), 1L, Long::sum);
      }
    }
    return reasons;
  }

  /** The findings, one a signature, shortest plan first. */
  List<Finding<S>> distinct() {
    List<Signature> seen = new ArrayList<>();
    List<Finding<S>> distinct = new ArrayList<>();
    List<Finding<S>> all = new ArrayList<>(result.complete() ? List.of() : undisturbed());
    all.addAll(all());
    for (Finding<S> finding : all) {
      Signature signature = Signature.of(finding);
      if (!seen.contains(signature)) {
        seen.add(signature);
        distinct.add(finding);
      }
    }
    return distinct;
  }

  /** What goes wrong without any fault: known at once, also if the search ended before it came to the end of that. */
  private List<Finding<S>> undisturbed() {
    Replayed<S> run = new Replay<>(device, Judgement::of).check(FaultPlan.NOTHING);
    return run.violations().stream()
        .map(v -> new Finding<>(v.property(), v.why(), 1, 0, FaultPlan.NOTHING, run.settlement()))
        .toList();
  }

  /** True if something here resembles a finding elsewhere: the exchange did not cure it. */
  boolean shows(Finding<?> finding) {
    Signature wanted = Signature.of(finding);
    return all().stream().anyMatch(f -> Signature.of(f).resembles(wanted));
  }
}
