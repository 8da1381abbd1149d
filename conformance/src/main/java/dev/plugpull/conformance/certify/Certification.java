package dev.plugpull.conformance.certify;

import dev.plugpull.reports.CertificateBuilder;
import dev.plugpull.reports.Device;
import dev.plugpull.reports.Finding;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.sim.ubuntucore.gadget.ContentRules;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetValidator;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.KernelInfo;
import dev.plugpull.sim.ubuntucore.gadget.KernelPackage;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Certifies one gadget: from files to a sealed certificate. */
public final class Certification {

  private final CertifyRequest request;
  private final Listener listener;
  private final InstantSource clock;

  public Certification(CertifyRequest request, Listener listener, InstantSource clock) {
    this.request = request;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Certifies.
   *
   * @throws dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException if the input cannot be read
   */
  public Certified run() throws IOException {
    try (GadgetPackage gadget = GadgetPackage.open(request.path(), request.architecture())) {
      GadgetYaml yaml = gadget.yaml();
      Target target = request.series() > 0
          ? Target.of(request.series(), yaml.info(), false)
          : Target.infer(yaml.info(), gadget.metadata().base(), false);
      return certify(gadget, yaml, target);
    }
  }

  private Certified certify(GadgetPackage gadget, GadgetYaml yaml, Target target) throws IOException {
    List<Finding> findings =
        new ArrayList<>(GadgetFindings.ofYaml(gadget.files().origin(), GadgetValidator.validate(yaml, target)));
    ContentRules.Result content = ContentRules.check(gadget, yaml.info(), target, kernel());
    findings.addAll(GadgetFindings.ofYaml(gadget.files().origin(), content.findings()));
    if (request.from() != null) {
      findings.addAll(RefreshBoard.findings(request.from(), yaml.info(), target, request.architecture()));
    }
    GadgetBoard board = null;
    GadgetBoard refreshed = null;
    String notModelled = null;
    try {
      GadgetBoard read = BoardReader.read(gadget, yaml.info(), target, request.board());
      findings.addAll(GadgetFindings.ofScripts(read));
      CleanStart.require(read, request.board().missingCommands());
      board = read;
      boolean refused = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
      refreshed = request.from() == null || refused ? null : RefreshBoard.read(
          request.from(), gadget, yaml.info(), target, request.architecture(), request.board());
    } catch (GadgetBoard.NotModelled e) {
      notModelled = e.getMessage();
    }
    String state = board == null ? "" : board.loaderTitle().substring(board.loaderTitle().indexOf(", ") + 2);
    Device device = new Device(name(gadget), gadget.metadata().version(), request.architecture(),
        "Ubuntu Core " + target.series(), yaml.info().bootloader(), state, board == null ? ""
        : board.board().medium().name());
    CertificateBuilder certificate = new CertificateBuilder(device)
        .tool("plugpull 0.1")
        .strict(request.terms().strict())
        .catalogue("ubuntu core, kernel and base refresh")
        .seed(request.terms().seed())
        .option("series", Integer.toString(target.series()))
        .option("architecture", request.architecture())
        .option("scenario", request.terms().scenario())
        .option("watchdog", Boolean.toString(request.board().watchdog()))
        .option("header", request.board().header())
        .option("hush", request.board().hush())
        .option("missing", String.join(",", request.board().missingCommands()))
        .input(request.path().toString(), Digests.of(gadget.files()));
    if (request.board().kernel() != null) {
      certificate.option(BoardOptions.KERNEL, request.board().kernel().toString());
    }
    request.board().environment().forEach((variable, value) ->
        certificate.option(BoardOptions.VARIABLE + variable, value));
    findings.forEach(certificate::finding);
    gadget.assumptions().forEach(certificate::assumption);
    content.notLookedAt().forEach(certificate::notLookedAt);
    Assumptions.of(target).forEach(certificate::assumption);
    if (board == null) {
      certificate.notLookedAt(notModelled);
    } else {
      board.assumptions().forEach(certificate::assumption);
      board.notLookedAt().forEach(certificate::notLookedAt);
    }
    if (refreshed != null) {
      certificate.input(request.from().toString(), RefreshBoard.digest(request.from(), request.architecture()));
      refreshed.assumptions().forEach(certificate::assumption);
      refreshed.notLookedAt().forEach(certificate::notLookedAt);
    }
    Subject subject = board == null ? Subject.nothing() : new CoreSubject(board, refreshed);
    Assessment assessment = new Assessment(certificate, request.terms(), subject);
    boolean finished = new Examination(subject, request.terms(), listener, clock).run(assessment);
    if (board != null) {
      sayWhatFitsNot(board, assessment);
      sayWhatWasNotRun(refreshed, assessment);
    }
    return new Certified(assessment.sealed(findings, !finished), subject.scripts());
  }

  /** Scenarios of other modes than run that devices like this one cannot be in, or are known not to survive. */
  private void sayWhatFitsNot(GadgetBoard board, Assessment assessment) {
    String asked = request.terms().scenario();
    if (board.board().series().hasModeenv()) {
      UbuntuCoreCatalogue.recovery().stream()
          .filter(scenario -> !scenario.unfit(board.board()).isEmpty())
          .filter(scenario -> asked.isEmpty() || asked.equals(scenario.name()))
          .forEach(scenario -> assessment.notRun(scenario.name(), scenario.unfit(board.board())));
    }
  }

  private void sayWhatWasNotRun(GadgetBoard refreshed, Assessment assessment) {
    if (refreshed == null) {
      assessment.notRun("gadget refresh", request.from() == null
          ? "needs --from OLD_GADGET"
          : "snapd would refuse the new gadget on a device with the old one");
      return;
    }
    String asked = request.terms().scenario();
    UbuntuCoreCatalogue.gadgetRefresh().stream()
        .filter(scenario -> !scenario.fits(refreshed.board().assets()))
        .filter(scenario -> asked.isEmpty() || asked.equals(scenario.name()))
        .forEach(scenario -> assessment.notRun(scenario.name(), "the new gadget brings no other file"));
  }

  private Optional<KernelInfo> kernel() {
    if (request.board().kernel() == null) {
      return Optional.empty();
    }
    try (KernelPackage kernel = KernelPackage.open(request.board().kernel())) {
      return Optional.of(kernel.info());
    }
  }

  private static String name(GadgetPackage gadget) {
    if (!gadget.metadata().name().isEmpty()) {
      return gadget.metadata().name();
    }
    String origin = gadget.files().origin().replaceAll("/+$", "");
    String last = origin.substring(origin.lastIndexOf('/') + 1);
    return last.isEmpty() || last.equals(".") ? "gadget" : last;
  }
}
