package dev.plugpull.conformance.cli;

import dev.plugpull.conformance.certify.BoardFile;
import dev.plugpull.conformance.certify.BoardOptions;
import dev.plugpull.conformance.certify.Budget;
import dev.plugpull.conformance.certify.Certification;
import dev.plugpull.conformance.certify.Certified;
import dev.plugpull.conformance.certify.CertifyRequest;
import dev.plugpull.conformance.certify.Listener;
import dev.plugpull.conformance.certify.ProfileCertification;
import dev.plugpull.conformance.certify.Terms;
import dev.plugpull.conformance.certify.WaiverFile;
import dev.plugpull.conformance.certify.Waivers;
import dev.plugpull.conformance.realboot.RealLoaders;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateJson;
import dev.plugpull.reports.CounterExample;
import dev.plugpull.reports.Replay;
import dev.plugpull.reports.face.CertificateHtml;
import dev.plugpull.reports.face.CertificateJunit;
import dev.plugpull.reports.face.CertificateText;
import dev.plugpull.reports.face.ReportFile;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.family.UnreadableProfileException;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;

/** {@code plugpull certify}: a gadget in, a verdict and a report out. */
@Command(
    name = "certify",
    mixinStandardHelpOptions = true,
    description = "Simulates the device that a gadget or a profile describes, cuts its power everywhere during"
        + " updates, and leaves a report.")
final class CertifyCommand implements Callable<Integer> {
  @Parameters(index = "0", arity = "0..1", paramLabel = "PATH",
      description = "gadget folder (source tree or prepared) or .snap")
  private Path path;

  @Option(names = "--profile", paramLabel = "FILE",
      description = "YAML: a device of any family instead of a gadget, see examples/profiles")
  private Path profile;

  @Option(names = "--from", paramLabel = "OLD", description = "older gadget, for update scenarios of its assets")
  private Path from;

  @Option(names = "--series", paramLabel = "N", description = "Ubuntu Core 16, 18, 20, 22, 24 or 26; else inferred")
  private int series;

  @Option(names = "--arch", paramLabel = "A", defaultValue = "amd64",
      description = "Debian architecture (${DEFAULT-VALUE})")
  private String architecture;

  @Option(names = "--kernel", paramLabel = "KERNEL_SNAP",
      description = "kernel snap or its folder: sizes of boot files, and $kernel: content")
  private Path kernel;

  @Option(names = "--board", paramLabel = "FILE", description = "YAML: environment, header, watchdog, missing, hush")
  private Path board;

  @Option(names = "--waive", paramLabel = "FILE", description = "YAML: known failures with id, reason and expires")
  private Path waive;

  @Option(names = "--strict", description = "hazards of platform and medium fail too")
  private boolean strict;

  @Option(names = "--out", paramLabel = "DIR", description = "folder of the report (out/NAME)")
  private Path out;

  @Option(names = "--json", paramLabel = "FILE", description = "also write the certificate as JSON here")
  private Path json;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1",
      description = "recorded with the result (${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--budget", paramLabel = "TIME", defaultValue = "600s",
      description = "such as 60s or 5m; what is not looked at then is said (${DEFAULT-VALUE})")
  private String budget;

  @Mixin private WorkUnits workUnits;

  @Mixin private Workers workers;

  @Option(names = "--scenario", paramLabel = "NAME", defaultValue = "",
      description = "only this scenario of the catalogue")
  private String scenario;

  @Option(names = "--real-bootloader",
      description = "also boot durable states in the real GRUB or U-Boot under QEMU, and compare")
  private boolean realBootloader;

  @Option(names = "--real-states", paramLabel = "N", defaultValue = "40",
      description = "how many of them, spread over the exploration (${DEFAULT-VALUE})")
  private int realStates;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    refuseNonsense();
    if (realBootloader) {
      RealLoaders.require();
    }
    BoardOptions options = board == null ? BoardOptions.DEFAULT : BoardFile.read(board);
    Waivers waivers = waive == null ? Waivers.none() : WaiverFile.read(waive, LocalDate.now(ZoneOffset.UTC));
    Budget limits = new Budget(Durations.seconds(budget), workUnits.limit(), workers.count());
    Path folder = out == null ? Path.of("out").resolve(folderName()) : out;
    Terms terms = new Terms(waivers, strict, seed, limits, scenario, realBootloader ? realStates : 0, folder);
    // Before the work: minutes of it would be lost on a folder that cannot be written to.
    Path made = firstMissing(folder);
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new CannotException(
          "cannot write report: " + folder + ": permission denied; choose another folder with --out");
    }
    TerminalProgress progress = new TerminalProgress(spec.commandLine().getErr());
    try (Interrupts interrupts = Interrupts.watch(progress::stop)) {
      Certificate certificate = certified(options, terms, progress).certificate();
      progress.clear();
      write(certificate, folder);
      return interrupts.happened() ? ExitCode.INTERRUPTED : exitCode(certificate);
    } catch (UnreadableGadgetException | UnreadableProfileException e) {
      unmake(folder, made);
      throw e;
    }
  }

  private Certified certified(BoardOptions options, Terms terms, Listener listener) throws IOException {
    if (profile != null) {
      return new ProfileCertification(profile, terms, listener, InstantSource.system()).run();
    }
    CertifyRequest request = new CertifyRequest(path, from, series, architecture, options.withKernel(kernel), terms);
    return new Certification(request, listener, InstantSource.system()).run();
  }

  private void refuseNonsense() {
    if ((path == null) == (profile == null)) {
      throw new CannotException("cannot certify: " + (path == null ? "nothing was given" : "two things were given")
          + "; give a gadget's folder or .snap, or a profile with --profile");
    }
    if (realBootloader && (profile != null || realStates < 1)) {
      throw new CannotException("cannot hold against the real boot loader: " + (profile == null
          ? "no state would be booted; give --real-states 1 or more"
          : "a profile brings no boot script of its own; give a gadget, or leave out --real-bootloader"));
    }
    if (series != 0 && !Target.SERIES.contains(series)) {
      throw new CannotException("cannot certify for Ubuntu Core " + series + ": known are " + Target.SERIES
          + "; give one of them with --series, or leave it out");
    }
    if (!scenario.isEmpty() && profile == null
        && UbuntuCoreCatalogue.named(scenario).isEmpty()) {
      throw new CannotException("cannot find scenario '" + scenario + "': the catalogue has "
          + Stream.concat(UbuntuCoreCatalogue.all().stream(), UbuntuCoreCatalogue.gadgetRefresh().stream())
              .map(s -> "'" + s.name() + "'").collect(Collectors.joining(", ")));
    }
  }

  /** The outermost folder that does not exist yet, null if all do. */
  private static Path firstMissing(Path folder) {
    Path missing = null;
    for (Path at = folder.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      missing = at;
    }
    return missing;
  }

  /** Input that cannot be read leaves no empty folders behind. */
  private static void unmake(Path folder, Path outermost) throws IOException {
    if (outermost == null) {
      return;
    }
    for (Path at = folder.toAbsolutePath(); at.startsWith(outermost); at = at.getParent()) {
      Files.delete(at);
    }
  }

  private String folderName() {
    Path name = (profile == null ? path : profile).toAbsolutePath().normalize().getFileName();
    return name == null ? "gadget" : name.toString().replaceAll("\\.(snap|ya?ml)$", "");
  }

  private void write(Certificate certificate, Path folder) throws IOException {
    for (CounterExample example : certificate.counterExamples()) {
      ReportFile.write(folder.resolve(example.id() + ".json"), CertificateJson.write(Replay.of(certificate, example)));
    }
    ReportFile.write(folder.resolve("certificate.json"), CertificateJson.write(certificate));
    ReportFile.write(folder.resolve("junit.xml"), CertificateJunit.write(certificate));
    ReportFile.write(folder.resolve("report.html"), CertificateHtml.write(certificate));
    if (json != null) {
      ReportFile.write(json, CertificateJson.write(certificate));
    }
    boolean colours = System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null;
    spec.commandLine().getOut().print(CertificateText.write(certificate, colours));
    spec.commandLine().getOut().println("report " + folder.resolve("report.html"));
    spec.commandLine().getOut().flush();
  }

  private static int exitCode(Certificate certificate) {
    return switch (certificate.verdict()) {
      case PASS -> ExitCode.PASS;
      case FAIL -> ExitCode.FAIL;
      case UNKNOWN, NOT_RUN -> ExitCode.UNKNOWN;
    };
  }
}
