package dev.plugpull.reports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole result of certifying one device. Made with {@link CertificateBuilder}, which also seals it with its digest.
 *
 * <p>Lists whose order carries no meaning (inputs, findings, hazards, counter-examples) are sorted here, so that the
 * order in which threads found them does not show.
 *
 * @param schema version of the JSON schema
 * @param tool name and version of the program
 * @param verdict pass, fail or unknown; a pass is refused when no scenario passed or an unwaived counter-example counts
 * @param partial whether the run was interrupted before its end
 * @param strict whether hazards of platform and medium count too
 * @param catalogue name of the catalogue of scenarios
 * @param options options that shape the result, without paths
 * @param command the command that repeats the run; not covered by the digest
 * @param excerpts the vendor's script lines that traces point at
 * @param realBootLoader how the boot loader was held against the real one, null if nobody asked for that
 * @param digest {@code sha256:...} over everything but times, paths and commands
 */
public record Certificate(int schema, String tool, Verdict verdict, boolean partial, boolean strict, Device device,
    List<Input> inputs, String catalogue, long seed, Map<String, String> options, List<String> assumptions,
    List<Requirement> requirements, Exploration exploration, List<Scenario> scenarios,
    List<CounterExample> counterExamples, List<Hazard> hazards, List<Finding> findings, List<String> notLookedAt,
    List<Excerpt> excerpts, LoaderComparison realBootLoader, String command, String digest) {
  /** Version of the JSON schema that is written. */
  public static final int SCHEMA = 1;

  public Certificate {
    if (verdict == Verdict.NOT_RUN) {
      throw new IllegalArgumentException("cannot certify: a certificate that ran nothing is `unknown`");
    }
    refuseUnearnedPass(verdict, scenarios, counterExamples);
    if (verdict == Verdict.PASS && realBootLoader != null && !realBootLoader.holds()) {
      throw new IllegalArgumentException(
          "cannot certify: the real boot loader was asked for and does not bear the model out");
    }
    inputs = sorted(inputs, Comparator.comparing(Input::path).thenComparing(Input::digest));
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    assumptions = List.copyOf(assumptions);
    requirements = List.copyOf(requirements);
    scenarios = List.copyOf(scenarios);
    counterExamples = sorted(counterExamples, Comparator.comparing(CounterExample::id));
    hazards = sorted(hazards, Comparator.comparing(Hazard::id).thenComparing(Hazard::condition));
    findings = sorted(findings, Comparator.comparing(Finding::file).thenComparing(Finding::line)
        .thenComparing(Finding::rule).thenComparing(Finding::message));
    notLookedAt = List.copyOf(notLookedAt);
    excerpts = List.copyOf(excerpts);
  }

  /** The verdict in words: a pass over bounded windows or without a fixpoint says so, and so does a strict fail. */
  public String verdictInWords() {
    String words = verdict.word();
    if (verdict == Verdict.PASS && (exploration.boundedWindows() > 0 || !exploration.fixpoint())) {
      words += " within bounds";
    }
    if (verdict == Verdict.FAIL && strict && !failsAnyway()) {
      words += " (strict: hazards of platform and medium count)";
    }
    return partial ? words + " (partial)" : words;
  }

  private boolean failsAnyway() {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR)
        || counterExamples.stream().anyMatch(e -> e.countsAgainstGadget() && e.waived() == null);
  }

  private static void refuseUnearnedPass(
      Verdict verdict, List<Scenario> scenarios, List<CounterExample> counterExamples) {
    if (verdict != Verdict.PASS) {
      return;
    }
    if (scenarios.stream().noneMatch(scenario -> scenario.verdict() == Verdict.PASS)) {
      throw new IllegalArgumentException("cannot certify: no scenario passed, so the verdict is not `pass`");
    }
    if (counterExamples.stream().anyMatch(example -> example.countsAgainstGadget() && example.waived() == null)) {
      throw new IllegalArgumentException("cannot certify: a counter-example counts, so the verdict is not `pass`");
    }
  }

  private static <T> List<T> sorted(List<T> items, Comparator<T> order) {
    var copy = new ArrayList<>(items);
    copy.sort(order);
    return List.copyOf(copy);
  }
}
