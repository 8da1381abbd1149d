package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Finding;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.reports.Party;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out to whom a violation belongs: one party is exchanged for its reference twin, the scenario is explored again,
 * and the violation is looked for. Explorations are kept, so each exchange costs one a scenario.
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
    Explored explore(CoreBoard board, CoreScenario scenario, Platform platform, boolean idealMedium);
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

  private static final List<Set<Exchange>> SINGLES =
      List.of(EnumSet.of(Exchange.GADGET), EnumSet.of(Exchange.PLATFORM), EnumSet.of(Exchange.MEDIUM));
  private static final List<Set<Exchange>> PAIRS = List.of(
      EnumSet.of(Exchange.GADGET, Exchange.PLATFORM),
      EnumSet.of(Exchange.GADGET, Exchange.MEDIUM),
      EnumSet.of(Exchange.PLATFORM, Exchange.MEDIUM));

  private final GadgetBoard gadget;
  private final Laboratory laboratory;
  private final Map<String, Explored> explored = new LinkedHashMap<>();

  Blame(GadgetBoard gadget, Laboratory laboratory) {
    this.gadget = gadget;
    this.laboratory = laboratory;
  }

  Attribution of(Explored where, Finding<CoreState> finding) {
    List<Set<Exchange>> cures = cures(SINGLES, where, finding);
    if (cures == null) {
      return new Attribution(Party.PROTOCOL, List.of(), false);
    }
    if (cures.isEmpty()) {
      List<Set<Exchange>> pairs = cures(PAIRS, where, finding);
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
  private List<Set<Exchange>> cures(List<Set<Exchange>> exchanges, Explored where, Finding<CoreState> finding) {
    List<Set<Exchange>> cures = new ArrayList<>();
    for (Set<Exchange> exchange : exchanges) {
      if (finding.plan().steps().isEmpty()) {
        if (!undisturbedShows(where.scenario(), exchange, finding)) {
          cures.add(exchange);
        }
        continue;
      }
      Explored twin = twin(where.scenario(), exchange);
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
  private boolean undisturbedShows(CoreScenario scenario, Set<Exchange> exchange, Finding<CoreState> finding) {
    CoreDevice device = board(exchange).device(scenario, platform(exchange), exchange.contains(Exchange.MEDIUM));
    return new Replay<>(device, Judgement::of).check(FaultPlan.NOTHING).violates(finding.property());
  }

  private Explored twin(CoreScenario scenario, Set<Exchange> exchange) {
    return explored.computeIfAbsent(scenario.name() + "|" + exchange, key ->
        laboratory.explore(board(exchange), scenario, platform(exchange), exchange.contains(Exchange.MEDIUM)));
  }

  private CoreBoard board(Set<Exchange> exchange) {
    return exchange.contains(Exchange.GADGET) ? gadget.reference() : gadget.board();
  }

  private static Platform platform(Set<Exchange> exchange) {
    return exchange.contains(Exchange.PLATFORM) ? Platform.REFERENCE : Platform.SNAPD;
  }
}
