package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.settling.Judge;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.faultinjection.settling.Violation;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.contract.Predictable;
import dev.plugpull.sim.device.Observation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PRED: histories of one exploration that ended at one version are compared with each other, the simplest first.
 *
 * @param <S> the state between two boots
 */
final class Contradictions<S> {
  private final Exploration<S> result;
  private final Predictable known = new Predictable();
  /** By identity: equal futures share one observation, which is compared once. */
  private final Map<Observation, Optional<String>> compared = new IdentityHashMap<>();

  Contradictions(Exploration<S> result) {
    this.result = result;
  }

  /** One finding a reason, with the first node that contradicts an earlier one. */
  List<Finding<S>> findings() {
    Map<String, Integer> first = new LinkedHashMap<>();
    Map<String, Long> count = new LinkedHashMap<>();
    for (int node = 0; node < result.nodes().size(); node++) {
      Settlement<S> end = result.nodes().settlement(node);
      if (end == null || !end.settled()) {
        continue;
      }
      Optional<String> why = compared.computeIfAbsent(end.observation(), known::contradicts);
      if (why.isPresent()) {
        first.putIfAbsent(why.get(), node);
        count.merge(why.get(), 1L, Long::sum);
      }
    }
    List<Finding<S>> findings = new ArrayList<>();
    first.forEach((why, node) -> findings.add(new Finding<>(Predictable.ID, why, count.get(why), node,
        result.nodes().plan(node), result.nodes().settlement(node))));
    return findings;
  }

  /** Judges single histories as always, and against all that this exploration has shown. */
  Judge<S> judge() {
    findings();
    return judge(known);
  }

  /** Judges single histories as always, and against the one that is left alone from the start. */
  static <S> Judge<S> against(Settlement<S> undisturbed) {
    Predictable seen = new Predictable();
    if (undisturbed != null && undisturbed.settled()) {
      seen.contradicts(undisturbed.observation());
    }
    return judge(seen);
  }

  private static <S> Judge<S> judge(Predictable seen) {
    return settlement -> {
      List<Violation> violations = new ArrayList<>(Judgement.of(settlement));
      if (settlement.settled()) {
        seen.contradicts(settlement.observation()).ifPresent(why -> violations.add(new Violation(Predictable.ID, why)));
      }
      return violations;
    };
  }
}
