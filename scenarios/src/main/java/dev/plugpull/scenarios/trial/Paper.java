package dev.plugpull.scenarios.trial;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.Fate;
import dev.plugpull.faultinjection.settling.Settlement;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateBuilder;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.CrashMap;
import dev.plugpull.reports.Device;
import dev.plugpull.reports.Outcome;
import dev.plugpull.reports.Outcomes;
import dev.plugpull.reports.Party;
import dev.plugpull.reports.Requirement;
import dev.plugpull.reports.Scenario;
import dev.plugpull.reports.Verdict;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Family;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.telling.CrashMaps;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The certificate of a single counter-example: what the page and the replay file are made of. */
final class Paper {
  private Paper() {}

  /** Where the profile lies, and its digest. */
  record Source(String path, String digest) {}

  static Certificate certificate(
      dev.plugpull.scenarios.trial.CounterExample<?> example, Optional<Source> source, String command) {
    Trial<?> trial = example.trial();
    CertificateBuilder certificate = new CertificateBuilder(device(trial))
        .tool("plugpull 0.1 test kit")
        .verdict(Verdict.FAIL)
        .catalogue("one test")
        .command(command)
        .requirement(new Requirement(example.requirement(), title(example.requirement()), Verdict.FAIL, example.why(),
            List.of(example.id())))
        .scenario(scenario(example))
        .counterExample(counterExample(example, command));
    source.ifPresent(input -> certificate.input(input.path(), input.digest()));
    trial.profile().ifPresent(profile -> {
      certificate.option("profile", profile.name()).option("scenario", trial.scenario());
      profile.settings().forEach((setting, value) -> certificate.option("setting." + setting, value));
      profile.variants().forEach(variant -> certificate.option("variant." + variant, "true"));
      Families.named(profile.family(), profile.name()).assumptions(profile).forEach(certificate::assumption);
    });
    if (example.tried() != null) {
      example.tried().exploration().notLookedAt().forEach(certificate::notLookedAt);
    }
    return certificate.seal();
  }

  private static Device device(Trial<?> trial) {
    Optional<Profile> profile = trial.profile();
    String system = profile.map(p -> Families.named(p.family(), p.name()).title()).orElse("a device of one's own");
    return new Device(trial.name(), "", "", system, profile.map(p -> p.settings().get("bootloader")).orElse(""), "",
        profile.map(p -> p.settings().get(Family.MEDIUM)).orElse(""));
  }

  private static String title(String requirement) {
    return dev.plugpull.scenarios.contract.Contract.properties().stream()
        .filter(property -> property.id().equals(requirement))
        .map(dev.plugpull.scenarios.contract.Property::title)
        .findFirst()
        .orElse("an assertion of the test");
  }

  private static Scenario scenario(dev.plugpull.scenarios.trial.CounterExample<?> example) {
    Tried<?> tried = example.tried();
    String name = example.trial().scenario().isEmpty() ? example.trial().name() : example.trial().scenario();
    List<Scenario.Check> checks = List.of(new Scenario.Check(example.requirement(), Verdict.FAIL, example.why()));
    if (tried == null) {
      return new Scenario(name, Verdict.FAIL, example.why(), dev.plugpull.reports.Exploration.NONE, Outcomes.NONE, 0,
          checks, CrashMap.EMPTY);
    }
    Exploration<?> result = tried.exploration();
    return new Scenario(name, Verdict.FAIL, example.why(), counts(result), outcomes(result), result.spurious(), checks,
        CrashMaps.of(result.crashMap(), Map.of(), point -> example.trial().name()));
  }

  private static dev.plugpull.reports.Exploration counts(Exploration<?> result) {
    var counts = result.counts();
    return new dev.plugpull.reports.Exploration(counts.durableStates(), counts.crashPoints(), counts.crashStates(),
        counts.boots(), counts.pruned(), counts.boundedWindows(), counts.fixpoint(), counts.depth(),
        counts.workUnits(), 0);
  }

  private static Outcomes outcomes(Exploration<?> result) {
    Outcomes outcomes = Outcomes.NONE;
    for (Map.Entry<Fate, Long> entry : result.outcomes().entrySet()) {
      Optional<Outcome> outcome = outcome(entry.getKey());
      outcomes = outcome.isEmpty() ? outcomes : outcomes.plus(outcome.get(), entry.getValue());
    }
    return outcomes;
  }

  private static Optional<Outcome> outcome(Fate fate) {
    return switch (fate) {
      case OLD -> Optional.of(Outcome.OLD);
      case NEW -> Optional.of(Outcome.NEW);
      case MIXED -> Optional.of(Outcome.MIXED);
      case STUCK -> Optional.of(Outcome.STUCK);
      case BRICK -> Optional.of(Outcome.BRICK);
      case ASSUMED_HANG, NOT_LOOKED_AT -> Optional.empty();
    };
  }

  private static CounterExample counterExample(
      dev.plugpull.scenarios.trial.CounterExample<?> example, String command) {
    Settlement<?> end = example.run().settlement();
    boolean settled = end != null && end.settled();
    String person = end == null || !end.needsPerson() ? "" : end.healedByPowerCycle() ? "once" : "for good";
    String because = example.run().plan().steps().isEmpty()
        ? "no power cut needed" : example.run().plan().steps().getLast().words();
    return new CounterExample(example.id(), example.requirement(), example.why(), example.trial().scenario(),
        settled ? Outcome.valueOf(end.observation().outcome().name()) : Outcome.BRICK, end == null ? 0 : end.boots(),
        person, Party.NOT_ASKED, List.of(), because, true, null, example.steps(), example.story(), command);
  }
}
