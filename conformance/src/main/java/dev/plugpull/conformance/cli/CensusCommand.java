package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.certify.BoardOptions;
import dev.plugpull.conformance.certify.Budget;
import dev.plugpull.conformance.certify.Certification;
import dev.plugpull.conformance.certify.CertifyRequest;
import dev.plugpull.conformance.certify.Terms;
import dev.plugpull.conformance.certify.Waivers;
import dev.plugpull.reports.Census;
import dev.plugpull.reports.CensusRow;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.Finding;
import dev.plugpull.reports.Verdict;
import dev.plugpull.reports.face.CensusMarkdown;
import dev.plugpull.reports.face.CertificateHtml;
import dev.plugpull.reports.face.ReportFile;
import dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** {@code plugpull census}: many gadgets at once, one table. */
@Command(
    name = "census",
    mixinStandardHelpOptions = true,
    description = "Certifies every gadget in the given folders and writes one table.")
final class CensusCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "folders that hold gadgets, or gadgets")
  private List<Path> folders;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "out/census",
      description = "folder of the reports (${DEFAULT-VALUE})")
  private Path out;

  @Option(names = "--arch", paramLabel = "A", defaultValue = "amd64",
      description = "Debian architecture (${DEFAULT-VALUE})")
  private String architecture;

  @Option(names = "--budget", paramLabel = "TIME", defaultValue = "300s",
      description = "for each gadget (${DEFAULT-VALUE})")
  private String budget;

  @Mixin private WorkUnits workUnits;

  @Option(names = "--sources", paramLabel = "FILE",
      description = "tab-separated: gadget's folder, repository, commit, confirmed by reading")
  private Path sources;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    SortedMap<String, CensusRow.Source> known = sources == null ? new TreeMap<>() : CensusSources.read(sources);
    List<CensusRow> rows = new ArrayList<>();
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    try (Interrupts interrupts = Interrupts.watch(progress::stop)) {
      List<Path> gadgets = gadgets();
      for (Path gadget : gadgets) {
        if (interrupts.happened()) {
          break;
        }
        String name = gadget.toAbsolutePath().normalize().getFileName().toString();
        rows.add(row(gadget, name, known.getOrDefault(name, CensusRow.Source.UNKNOWN), progress));
      }
      progress.clear();
      int left = gadgets.size() - rows.size();
      Census census = new Census(
          "Census of gadgets" + (left == 0 ? "" : ", interrupted before " + left + " of them"), rows);
      ReportFile.write(folder().resolve("census.md"), CensusMarkdown.write(census));
      ReportFile.write(folder().resolve("census.html"), CertificateHtml.write(census));
      ReportFile.write(folder().resolve("census.json"), CertificateJson.write(census));
      PrintWriter terminal = spec.commandLine().getOut();
      terminal.print(CensusMarkdown.write(census));
      terminal.println("report " + folder().resolve("census.html"));
      terminal.flush();
      if (interrupts.happened()) {
        return ExitCode.INTERRUPTED;
      }
      return census.count(Verdict.FAIL) > 0 ? ExitCode.FAIL
          : census.count(Verdict.UNKNOWN) > 0 ? ExitCode.UNKNOWN : ExitCode.PASS;
    }
  }

  private Path folder() throws IOException {
    Files.createDirectories(out);
    return out;
  }

  /** A folder with a gadget in it counts as one; else its sub-folders and snaps do. */
  private List<Path> gadgets() throws IOException {
    List<Path> gadgets = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder) || isGadget(folder)) {
        gadgets.add(folder);
        continue;
      }
      try (Stream<Path> entries = Files.list(folder)) {
        entries.filter(e -> Files.isDirectory(e) || e.toString().endsWith(".snap")).sorted().forEach(gadgets::add);
      }
    }
    return gadgets;
  }

  private static boolean isGadget(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return Files.exists(folder.resolve("meta/gadget.yaml"))
          || entries.anyMatch(e -> e.getFileName().toString().matches("gadget(-\\w+)?\\.yaml"));
    }
  }

  private CensusRow row(Path gadget, String name, CensusRow.Source source, TerminalProgress progress)
      throws IOException {
    Path report = folder().resolve(name);
    Budget limits = new Budget(Durations.seconds(budget), workUnits.limit(),
        Runtime.getRuntime().availableProcessors());
    CertifyRequest request = new CertifyRequest(gadget, null, 0, architecture, BoardOptions.DEFAULT,
        new Terms(Waivers.none(), false, 1, limits, "", 0, report));
    try {
      Certificate certificate = new Certification(request, progress, InstantSource.system()).run().certificate();
      Files.createDirectories(report);
      ReportFile.write(report.resolve("report.html"), CertificateHtml.write(certificate));
      ReportFile.write(report.resolve("certificate.json"), CertificateJson.write(certificate));
      return CensusRow.of(name, source, certificate, why(certificate), name + "/report.html");
    } catch (UnreadableGadgetException e) {
      return CensusRow.unreadable(name, source, e.getMessage());
    }
  }

  /** What counts against the gadget; else the error that snapd refuses it for; else what was not looked at first. */
  private static String why(Certificate certificate) {
    Stream<String> refused = certificate.findings().stream()
        .filter(f -> f.severity() == Finding.Severity.ERROR)
        .map(f -> f.rule() + ": " + f.message());
    Stream<String> counting = certificate.counterExamples().stream()
        .filter(CounterExample::countsAgainstGadget)
        .map(e -> e.property() + ", " + e.scenario() + ": " + e.title());
    return Stream.concat(refused, counting).findFirst()
        .orElseGet(() -> certificate.verdict() == Verdict.UNKNOWN ? unknown(certificate) : "");
  }

  private static String unknown(Certificate certificate) {
    boolean explored = certificate.scenarios().stream().anyMatch(s -> s.verdict() != Verdict.NOT_RUN);
    if (explored) {
      return "the budget ended; nothing that counts against the gadget was found until then";
    }
    return certificate.notLookedAt().isEmpty() ? certificate.verdictInWords() : certificate.notLookedAt().getLast();
  }
}
