package dev.plugpull.reports;

import java.util.List;

/**
 * One gadget of a census.
 *
 * @param why what decided the verdict, in one sentence
 * @param counterExamples ids of those that count against the gadget
 * @param hazards ids of the hazards of platform and medium
 * @param findings errors and warnings of gadget.yaml and scripts
 * @param report path of the gadget's report relative to the census, or empty
 * @param confirmed how somebody confirmed it by reading the script, or empty
 */
public record CensusRow(String gadget, String system, String bootloader, Verdict verdict, String why,
    List<String> counterExamples, List<String> hazards, long findings, long crashStates, String report,
    String confirmed) {
  public CensusRow {
    counterExamples = List.copyOf(counterExamples);
    hazards = List.copyOf(hazards);
  }

  /** The row of a certificate. */
  public static CensusRow of(Certificate certificate, String why, String report) {
    return new CensusRow(certificate.device().name(), certificate.device().system(),
        certificate.device().bootloader(), certificate.verdict(), why,
        certificate.counterExamples().stream()
            .filter(CounterExample::countsAgainstGadget)
            .map(CounterExample::id)
            .toList(),
        certificate.hazards().stream().map(Hazard::id).distinct().toList(),
        certificate.findings().stream().filter(f -> f.severity() != Finding.Severity.NOTE).count(),
        certificate.exploration().crashStates(), report, "");
  }
}
