package dev.plugpull.reports;

import java.util.List;

/**
 * One gadget of a census.
 *
 * @param gadget name of its folder
 * @param source where it comes from and what somebody found by reading its script
 * @param why what decided the verdict, in one sentence
 * @param counterExamples ids of those that count against the gadget
 * @param hazards ids of the hazards of platform and medium
 * @param findings errors and warnings of gadget.yaml and scripts
 * @param scenarios how many could be run on the device
 * @param fixpoints how many of them were explored to a fixpoint
 * @param report path of the gadget's report relative to the census, or empty
 */
public record CensusRow(String gadget, Source source, String system, String bootloader, Verdict verdict, String why,
    List<String> counterExamples, List<String> hazards, long findings, long durableStates, long crashStates,
    long scenarios, long fixpoints, String report) {
  public CensusRow {
    counterExamples = List.copyOf(counterExamples);
    hazards = List.copyOf(hazards);
  }

  /**
   * What people know of a gadget that is not in it.
   *
   * @param repository where it is public, or empty
   * @param commit of the repository, or empty
   * @param confirmed how somebody confirmed the verdict by reading the script, or empty
   */
  public record Source(String repository, String commit, String confirmed) {
    public static final Source UNKNOWN = new Source("", "", "");
  }

  /** The row of a certificate. */
  public static CensusRow of(String gadget, Source source, Certificate certificate, String why, String report) {
    List<Scenario> run = certificate.scenarios().stream().filter(s -> s.verdict() != Verdict.NOT_RUN).toList();
    return new CensusRow(gadget, source, certificate.device().system(), certificate.device().bootloader(),
        certificate.verdict(), why,
        certificate.counterExamples().stream()
            .filter(CounterExample::countsAgainstGadget)
            .map(CounterExample::id)
            .toList(),
        certificate.hazards().stream().map(Hazard::id).distinct().toList(),
        certificate.findings().stream().filter(f -> f.severity() != Finding.Severity.NOTE).count(),
        certificate.exploration().durableStates(), certificate.exploration().crashStates(), run.size(),
        run.stream().filter(s -> s.exploration().fixpoint()).count(), report);
  }

  /** The row of input that cannot be read. */
  public static CensusRow unreadable(String gadget, Source source, String why) {
    return new CensusRow(
        gadget, source, "", "", Verdict.NOT_RUN, why, List.of(), List.of(), 0, 0, 0, 0, 0, "");
  }
}
