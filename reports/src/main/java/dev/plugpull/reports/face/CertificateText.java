package dev.plugpull.reports.face;

import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.Device;
import dev.plugpull.reports.Exploration;
import dev.plugpull.reports.FaultStep;
import dev.plugpull.reports.Finding;
import dev.plugpull.reports.LoaderComparison;
import dev.plugpull.reports.Requirement;
import dev.plugpull.reports.Scenario;
import dev.plugpull.reports.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The certificate on a terminal: one line a scenario, then every failure with what to do next. */
public final class CertificateText {
  /** Counter-examples shown in full; the report holds the others. */
  private static final int SHOWN_MAX = 5;

  private final Certificate certificate;
  private final boolean colours;
  private final StringBuilder text = new StringBuilder();

  private CertificateText(Certificate certificate, boolean colours) {
    this.certificate = certificate;
    this.colours = colours;
  }

  /** @param colours whether the reader is a terminal that wants colours */
  public static String write(Certificate certificate, boolean colours) {
    return new CertificateText(certificate, colours).write();
  }

  private String write() {
    header();
    findings();
    certificate.scenarios().forEach(this::scenario);
    immutable();
    if (!certificate.hazards().isEmpty()) {
      line("  " + Words.count(certificate.hazards().size()) + " platform and medium "
          + (certificate.hazards().size() == 1 ? "hazard applies" : "hazards apply")
          + " (" + Plain.line(certificate.hazards().getFirst().title()) + ", ...)   see report");
    }
    if (certificate.realBootLoader() != null) {
      realBootLoader(certificate.realBootLoader());
    }
    List<CounterExample> against =
        certificate.counterExamples().stream().filter(CounterExample::countsAgainstGadget).toList();
    against.stream().limit(SHOWN_MAX).forEach(this::example);
    if (against.size() > SHOWN_MAX) {
      line("\n" + Words.count(against.size() - SHOWN_MAX, "more counter-example") + ", see report");
    }
    line("\nverdict " + coloured(certificate.verdict(), certificate.verdictInWords()));
    certificate.notLookedAt().forEach(what -> line("  not looked at: " + Plain.line(what)));
    return text.toString();
  }

  /** The four properties of an immutable system by their names, and what became of each. */
  private void immutable() {
    List<String> four = new ArrayList<>();
    for (String id : Requirement.IMMUTABLE) {
      certificate.requirements().stream().filter(requirement -> requirement.id().equals(id)).forEach(requirement ->
          four.add(Plain.line(requirement.property()) + " " + coloured(requirement.verdict(),
              requirement.verdict().word())));
    }
    if (four.size() == Requirement.IMMUTABLE.size()) {
      line("  immutable: " + String.join(" · ", four));
    }
  }

  private void realBootLoader(LoaderComparison real) {
    line("  " + (real.loader().isEmpty() ? "real boot loader: none could be run"
        : Plain.line(real.loader()) + ": " + Words.count(real.agreed()) + " of " + Words.count(real.lookedAt())
            + " states agreed, of " + Words.count(real.distinct()) + " that it can tell apart"));
    for (LoaderComparison.Disagreement disagreement : real.disagreements()) {
      line("    disagrees: " + Plain.line(disagreement.scenario()) + ", " + Plain.line(disagreement.steps())
          + "; kept in " + Plain.line(disagreement.kept()));
      disagreement.differences().forEach(what -> line("      " + Plain.line(what)));
    }
    real.shims().forEach(shim -> line("    in place of the real thing: " + Plain.line(shim)));
    real.notLookedAt().forEach(what -> line("    not booted: " + Plain.line(what)));
  }

  private void header() {
    Device device = certificate.device();
    String boot = Words.joined(", ", device.bootloader(), device.environment());
    line(Plain.line(Words.joined(" · ",
        (device.name() + " " + device.version()).strip(), device.system(), boot, device.medium())));
  }

  private void findings() {
    for (Finding finding : certificate.findings()) {
      if (finding.severity() != Finding.Severity.NOTE) {
        line("  " + Plain.line(finding.place()) + "   " + finding.severity().word() + ": "
            + Plain.line(finding.message()) + "; " + Plain.line(finding.remedy()));
      }
    }
  }

  private void scenario(Scenario scenario) {
    int width = certificate.scenarios().stream().mapToInt(s -> s.name().length()).max().orElse(0);
    String name = String.format("  %-" + Math.min(60, Math.max(1, width)) + "s  ", Plain.line(scenario.name()));
    String word = scenario.verdict() == Verdict.FAIL ? "FAIL" : scenario.verdict().word();
    String verdict = coloured(scenario.verdict(), String.format("%-8s", word));
    Exploration done = scenario.exploration();
    line(scenario.verdict() == Verdict.NOT_RUN
        ? name + verdict + "  " + Plain.line(scenario.why())
        : name + verdict + "  " + Words.count(done.durableStates(), "durable state") + " · "
            + Words.count(done.crashStates(), "crash state") + " · " + (done.fixpoint() ? "fixpoint" : "no fixpoint")
            + " · " + Words.seconds(done.seconds()));
  }

  private void example(CounterExample example) {
    line("\n" + coloured(Verdict.FAIL, Plain.line(example.property()) + " violated") + ": "
        + Plain.line(example.title()) + ".");
    example.faultPlan().forEach(step -> line("  fault plan   " + Plain.line(fault(step))));
    line("  why          " + Plain.line(example.because()));
    line("  cured by     " + (example.cures().isEmpty() ? "nothing that was tried"
        : Plain.line(String.join(", or ", example.cures()))) + " (so: " + example.attributedTo().word() + ")");
    line("  repeat       " + Plain.line(example.replay()));
  }

  static String fault(FaultStep step) {
    String lost = step.lost().isEmpty() ? "" : "; lost: " + String.join(", ", step.lost());
    return Words.when(step) + ": " + step.action() + lost;
  }

  private String coloured(Verdict verdict, String word) {
    if (!colours) {
      return word;
    }
    return switch (verdict) {
      case PASS -> "\u001b[32m" + word + "\u001b[0m";
      case FAIL -> "\u001b[31m" + word + "\u001b[0m";
      case UNKNOWN -> "\u001b[33m" + word + "\u001b[0m";
      case NOT_RUN -> "\u001b[2m" + word + "\u001b[0m";
    };
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
