package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.plan.Shrinker;
import dev.plugpull.faultinjection.settling.Judge;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateBuilder;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.Excerpt;
import dev.plugpull.reports.Exploration;
import dev.plugpull.reports.Finding;
import dev.plugpull.reports.Hazard;
import dev.plugpull.reports.LoaderComparison;
import dev.plugpull.reports.Outcome;
import dev.plugpull.reports.Outcomes;
import dev.plugpull.reports.Requirement;
import dev.plugpull.reports.Scenario;
import dev.plugpull.reports.Verdict;
import dev.plugpull.scenarios.contract.Contract;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.contract.Predictable;
import dev.plugpull.scenarios.telling.CrashMaps;
import dev.plugpull.scenarios.telling.FaultSteps;
import dev.plugpull.scenarios.telling.Storyteller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns explorations into verdicts, counter-examples and hazards, and fills a certificate with them. */
final class Assessment {
  /** Counter-examples told in full for one scenario; what is beyond is counted. */
  private static final int TOLD_PER_SCENARIO = 12;

  private static final int EXCERPT_LINES = 12;

  private final CertificateBuilder certificate;
  private final Terms terms;
  private final Subject subject;
  private final Map<String, CounterExample> examples = new LinkedHashMap<>();
  /** By property and reason: what one scenario showed need not be shown again by the next. */
  private final Map<String, Blame.Attribution> attributions = new TreeMap<>();
  private final Map<Hazard, Long> hazards = new LinkedHashMap<>();
  private final Map<String, Verdict> requirements = new TreeMap<>();
  private final Map<String, List<String>> evidence = new TreeMap<>();
  /** Reason as reported, to the durable states from which a good update ended rolled back for it. */
  private final SortedMap<String, Long> rolledBack = new TreeMap<>();
  /** Scenarios that were explored, in order. */
  private final List<String> judged = new ArrayList<>();
  private boolean incomplete;
  private LoaderComparison real;

  Assessment(CertificateBuilder certificate, Terms terms, Subject subject) {
    this.certificate = certificate;
    this.terms = terms;
    this.subject = subject;
  }

  void notRun(String name, String why) {
    certificate.scenario(Scenario.notRun(name, why));
  }

  void skipped(String scenario, String why) {
    incomplete = true;
    certificate.notLookedAt("scenario '" + scenario + "': " + why);
    notRun(scenario, why);
  }

  /** Takes in what came of holding the boot loader against the real one. */
  void heldAgainst(LoaderComparison comparison) {
    real = comparison;
    certificate.realBootLoader(comparison);
  }

  /** Judges one explored scenario. */
  <S> Scenario add(Explored<S> explored, Blame blame) {
    judged.add(explored.scenario());
    explored.rolledBack().forEach((why, count) -> rolledBack.merge(why, count, Long::sum));
    Map<String, Verdict> checks = new TreeMap<>();
    Map<String, String> whys = new TreeMap<>();
    Map<Integer, String> idByNode = new TreeMap<>();
    List<dev.plugpull.faultinjection.explore.Finding<S>> findings = explored.distinct();
    for (int i = 0; i < findings.size(); i++) {
      if (i >= TOLD_PER_SCENARIO) {
        certificate.notLookedAt((findings.size() - i) + " further findings of '" + explored.scenario()
            + "' were not blamed on anybody");
        incomplete = true;
        break;
      }
      CounterExample example = example(explored, findings.get(i), blame);
      idByNode.put(findings.get(i).node(), example.id());
      if (example.countsAgainstGadget() && example.waived() == null) {
        checks.put(example.property(), Verdict.FAIL);
        whys.putIfAbsent(example.property(), example.title());
      }
    }
    if (!explored.result().complete()) {
      incomplete = true;
      explored.result().notLookedAt().forEach(
          why -> certificate.notLookedAt("in '" + explored.scenario() + "': " + why));
    }
    Verdict rest = explored.result().complete() ? Verdict.PASS : Verdict.UNKNOWN;
    Scenario scenario = new Scenario(
        explored.scenario(),
        checks.containsValue(Verdict.FAIL) ? Verdict.FAIL : rest,
        whys.values().stream().findFirst().orElse(""),
        exploration(explored),
        outcomes(explored),
        explored.result().spurious(),
        checks(checks, whys, rest),
        CrashMaps.of(explored.result().crashMap(), idByNode, subject::actor));
    certificate.scenario(scenario);
    return scenario;
  }

  private List<Scenario.Check> checks(Map<String, Verdict> failed, Map<String, String> whys, Verdict rest) {
    List<Scenario.Check> checks = new ArrayList<>();
    for (Contract.Promise promise : Contract.promises()) {
      Verdict verdict = failed.getOrDefault(promise.id(), rest);
      checks.add(new Scenario.Check(promise.id(), verdict, whys.getOrDefault(promise.id(), "")));
      requirements.merge(promise.id(), verdict, Assessment::worse);
    }
    return checks;
  }

  private static Verdict worse(Verdict one, Verdict other) {
    if (one == Verdict.FAIL || other == Verdict.FAIL) {
      return Verdict.FAIL;
    }
    return one == Verdict.UNKNOWN || other == Verdict.UNKNOWN ? Verdict.UNKNOWN : Verdict.PASS;
  }

  private <S> CounterExample example(
      Explored<S> explored, dev.plugpull.faultinjection.explore.Finding<S> finding, Blame blame) {
    Explored.Signature signature = Explored.Signature.of(finding);
    String reason = signature.property() + "|" + signature.why();
    Blame.Attribution attribution = attributions.get(reason);
    if (attribution == null) {
      attribution = blame.of(explored.scenario(), finding);
      if (attribution.complete()) {
        attributions.put(reason, attribution);
      }
    }
    Optional<Hazard> hazard = subject.explaining(finding);
    if (!attribution.complete()) {
      incomplete = true;
      certificate.notLookedAt("who is to blame for '" + finding.why() + "' in '" + explored.scenario()
          + "': the budget ended");
    }
    boolean counts = attribution.complete() && subject.counts(attribution.party(), hazard.isPresent());
    if (!counts) {
      hazard.ifPresent(known -> hazards.merge(known, finding.nodes(), Long::sum));
    }
    String id = finding.property().toLowerCase(java.util.Locale.ROOT) + "-"
        + Digests.shortId(signature.why() + "|" + signature.point());
    CounterExample known = examples.get(id);
    if (known != null) {
      return known;
    }
    CounterExample example = told(id, explored, finding, attribution, counts);
    examples.put(id, example);
    evidence.computeIfAbsent(finding.property(), p -> new ArrayList<>()).add(id);
    return example;
  }

  private <S> CounterExample told(
      String id,
      Explored<S> explored,
      dev.plugpull.faultinjection.explore.Finding<S> finding,
      Blame.Attribution attribution,
      boolean counts) {
    Replayed<S> traced = traced(explored, finding);
    Settlement<S> end = traced.settlement();
    String person = end == null || !end.needsPerson() ? "" : end.healedByPowerCycle() ? "once" : "for good";
    String file = terms.out().resolve(id + ".json").toString();
    return new CounterExample(
        id,
        finding.property(),
        finding.why(),
        explored.scenario(),
        end == null ? Outcome.BRICK : outcome(Fate.valueOf(fate(end))),
        end == null ? 0 : end.boots(),
        person,
        attribution.party(),
        attribution.cureWords(),
        traced.plan().steps().isEmpty() ? "no power cut needed" : traced.plan().steps().getLast().words(),
        counts,
        terms.waivers().excuse(id).orElse(null),
        FaultSteps.stored(traced.plan()),
        new Storyteller(subject.scripts()).tell(traced.trace()),
        "./plugpull replay " + file);
  }

  /**
   * The story of a finding, made as short as its property and its reason allow. A node whose state was merged with
   * another one may give the reason in other words; then the plan is told as it is.
   */
  private <S> Replayed<S> traced(Explored<S> explored, dev.plugpull.faultinjection.explore.Finding<S> finding) {
    Judge<S> judge = finding.property().equals(Predictable.ID)
        ? new Contradictions<>(explored.result()).judge()
        : Judgement::of;
    Replay<S> replay = new Replay<>(explored.device(), judge);
    Replayed<S> whole = replay.check(finding.plan());
    if (whole.violates(finding.property(), finding.why())) {
      return replay.trace(new Shrinker<>(replay).shrink(finding.plan(), finding.property(), finding.why()));
    }
    if (!whole.violates(finding.property())) {
      incomplete = true;
      certificate.notLookedAt("in '" + explored.scenario() + "': the plan of '" + finding.why()
          + "' does not show it when it is repeated");
    }
    return replay.trace(finding.plan());
  }

  private static String fate(Settlement<?> end) {
    return end.settled() ? end.observation().outcome().name() : "BRICK";
  }

  private static Outcome outcome(Fate fate) {
    return switch (fate) {
      case OLD -> Outcome.OLD;
      case NEW -> Outcome.NEW;
      case MIXED -> Outcome.MIXED;
      case STUCK -> Outcome.STUCK;
      case BRICK, ASSUMED_HANG, NOT_LOOKED_AT -> Outcome.BRICK;
    };
  }

  private static Exploration exploration(Explored<?> explored) {
    var counts = explored.result().counts();
    return new Exploration(
        counts.durableStates(),
        counts.crashPoints(),
        counts.crashStates(),
        counts.boots(),
        counts.pruned(),
        counts.boundedWindows(),
        counts.fixpoint(),
        counts.depth(),
        counts.workUnits(),
        explored.seconds());
  }

  private static Outcomes outcomes(Explored<?> explored) {
    Outcomes outcomes = Outcomes.NONE;
    for (Map.Entry<Fate, Long> entry : explored.result().outcomes().entrySet()) {
      if (entry.getKey() != Fate.NOT_LOOKED_AT && entry.getKey() != Fate.ASSUMED_HANG) {
        outcomes = outcomes.plus(outcome(entry.getKey()), entry.getValue());
      }
    }
    return outcomes;
  }

  /** The certificate, with its verdict. */
  Certificate sealed(List<Finding> findings, boolean interrupted) {
    boolean refused = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
    boolean failed = examples.values().stream().anyMatch(e -> e.countsAgainstGadget() && e.waived() == null);
    boolean strictly = terms.strict() && examples.values().stream().anyMatch(e -> e.waived() == null);
    certificate.partial(interrupted);
    requirements();
    examples.values().forEach(certificate::counterExample);
    hazards.forEach((hazard, count) -> certificate.hazard(new Hazard(
        hazard.id(), hazard.title(), hazard.condition(), count, hazard.countsAgainst())));
    SortedMap<String, Hazard> byId = new TreeMap<>();
    rolledBack.forEach((why, count) -> {
      Hazard hazard = subject.spurious(why, count);
      byId.merge(hazard.id(), hazard, (one, other) -> new Hazard(
          one.id(), one.title(), one.condition(), one.count() + other.count(), one.countsAgainst()));
    });
    byId.values().forEach(certificate::hazard);
    terms.waivers().expired()
        .forEach(id -> certificate.notLookedAt("waiver of " + id + " has expired and counts no more"));
    certificate.excerpts(Excerpt.around(List.copyOf(examples.values()),
        name -> Optional.ofNullable(subject.scripts().get(name)).map(text -> text.lines().toList()), EXCERPT_LINES));
    certificate.verdict(refused ? Verdict.FAIL
        : contradicted() ? Verdict.UNKNOWN
        : failed || strictly ? Verdict.FAIL
        : judged.isEmpty() || incomplete || interrupted || real != null && !real.holds() ? Verdict.UNKNOWN
            : Verdict.PASS);
    return certificate.seal();
  }

  /** Where the real boot loader does something else than the model, what the model shows proves nothing. */
  private boolean contradicted() {
    return real != null && !real.disagreements().isEmpty();
  }

  private void requirements() {
    for (Contract.Promise promise : Contract.promises()) {
      boolean tried = !subject.notTried().containsKey(promise.id());
      Verdict verdict = tried ? requirements.getOrDefault(promise.id(), Verdict.NOT_RUN) : Verdict.NOT_RUN;
      List<String> ids = evidence.getOrDefault(promise.id(), List.of());
      String why = switch (verdict) {
        case FAIL -> ids.stream().map(examples::get).filter(e -> e.countsAgainstGadget() && e.waived() == null)
            .map(CounterExample::title).findFirst().orElse("");
        case PASS -> ids.isEmpty() ? "held in every history" : "held, but for hazards of platform and medium";
        case UNKNOWN -> "not everything was looked at";
        case NOT_RUN -> subject.notTried().getOrDefault(promise.id(), "no scenario could be run");
      };
      boolean shown = verdict == Verdict.PASS && ids.isEmpty() && Requirement.IMMUTABLE.contains(promise.id());
      certificate.requirement(new Requirement(promise.id(), promise.title(), verdict, why, shown ? judged : ids));
    }
  }
}
