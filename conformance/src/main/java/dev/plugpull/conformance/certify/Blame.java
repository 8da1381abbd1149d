package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.device.UpdatingDevice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out to whom a violation belongs: one party is exchanged for its reference twin, the scenario is explored again,
 * and the violation is looked for. Explorations are kept, so each exchange costs one a scenario. None is needed where
 * the plan of the violation has the same effect on the twin: that proves that the exchange is no cure. That it is one,
 * only a search proves.
 */
final class Blame {

  /** A party that can be exchanged. */
  enum Exchange {
    GADGET("the reference script"),
    PLATFORM("the reference platform"),
    MEDIUM("a medium that writes at once and in order");

    private final String words;

    Exchange(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Explores a scenario on a device; the budget is the explorer's. */
  interface Laboratory {
    Explored<?> explore(String scenario, UpdatingDevice<?> device);
  }

  /**
   * What blame found.
   *
   * @param cures the minimal exchanges that cure it
   * @param complete false if an exchange could not be explored to its end: then nothing is known
   */
  record Attribution(Party party, List<Set<Exchange>> cures, boolean complete) {
    List<String> cureWords() {
      return cures.stream().map(cure -> String.join(" and ", cure.stream().map(Exchange::words).toList())).toList();
    }
  }

  private final Subject subject;
  private final Laboratory laboratory;
  private final Map<String, Explored<?>> explored = new LinkedHashMap<>();

  Blame(Subject subject, Laboratory laboratory) {
    this.subject = subject;
    this.laboratory = laboratory;
  }

  private List<Set<Exchange>> singles() {
    return subject.parties().stream().<Set<Exchange>>map(EnumSet::of).toList();
  }

  private List<Set<Exchange>> pairs() {
    List<Set<Exchange>> pairs = new ArrayList<>();
    List<Exchange> parties = subject.parties();
    for (int i = 0; i < parties.size(); i++) {
      for (int j = i + 1; j < parties.size(); j++) {
        pairs.add(EnumSet.of(parties.get(i), parties.get(j)));
      }
    }
    return pairs;
  }

  Attribution of(String scenario, Finding<?> finding) {
    List<Set<Exchange>> cures = cures(singles(), scenario, finding);
    if (cures == null) {
      return new Attribution(Party.PROTOCOL, List.of(), false);
    }
    if (cures.isEmpty()) {
      List<Set<Exchange>> pairs = cures(pairs(), scenario, finding);
      return new Attribution(Party.PROTOCOL, pairs == null ? List.of() : pairs, pairs != null);
    }
    if (cures.size() > 1) {
      return new Attribution(Party.SHARED, cures, true);
    }
    Party party = switch (cures.getFirst().iterator().next()) {
      case GADGET -> Party.GADGET;
      case PLATFORM -> Party.PLATFORM;
      case MEDIUM -> Party.MEDIUM;
    };
    return new Attribution(party, cures, true);
  }

  /** The exchanges that cure it; null if one of them could not be explored to its end and showed nothing. */
  private List<Set<Exchange>> cures(List<Set<Exchange>> exchanges, String scenario, Finding<?> finding) {
    List<Set<Exchange>> cures = new ArrayList<>();
    for (Set<Exchange> exchange : exchanges) {
      if (finding.plan().steps().isEmpty()) {
        if (!undisturbedShows(scenario, exchange, finding)) {
          cures.add(exchange);
        }
        continue;
      }
      if (repeats(subject.device(scenario, exchange), finding)) {
        continue;
      }
      Explored<?> twin = twin(scenario, exchange);
      if (!twin.shows(finding)) {
        if (!twin.result().complete()) {
          return null;
        }
        cures.add(exchange);
      }
    }
    return cures;
  }

  /** Without faults a device has one future: running it is exploring it. */
  private boolean undisturbedShows(String scenario, Set<Exchange> exchange, Finding<?> finding) {
    return violates(subject.device(scenario, exchange), finding.property());
  }

  private static <S> boolean violates(UpdatingDevice<S> device, String property) {
    return new Replay<>(device, Judgement::of).check(FaultPlan.NOTHING).violates(property);
  }

  /** True if the same faults do the same to the twin: a search of it would come upon this, too. */
  private static <S> boolean repeats(UpdatingDevice<S> twin, Finding<?> finding) {
    Replayed<S> again = new Replay<>(twin, Judgement::of).check(finding.plan());
    return again.followed() && again.violations().stream()
        .filter(violation -> violation.property().equals(finding.property()))
        .anyMatch(violation -> Explored.Signature.sameReason(violation.why(), finding.why()));
  }

  private Explored<?> twin(String scenario, Set<Exchange> exchange) {
    return explored.computeIfAbsent(
        scenario + "|" + exchange, key -> laboratory.explore(scenario, subject.device(scenario, exchange)));
  }
}
