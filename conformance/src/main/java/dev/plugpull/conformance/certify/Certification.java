package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.explore.Exploration;
import dev.plugpull.faultinjection.explore.ExplorationBounds;
import dev.plugpull.faultinjection.explore.Explorer;
import dev.plugpull.faultinjection.explore.Progress;
import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replay;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.reports.Certificate;
import dev.plugpull.reports.CertificateBuilder;
import dev.plugpull.reports.Device;
import dev.plugpull.reports.Finding;
import dev.plugpull.reports.Scenario;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.ubuntucore.CoreBoard;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import dev.plugpull.sim.ubuntucore.gadget.ContentRules;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetValidator;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Certifies one gadget: from files to a sealed certificate. */
public final class Certification {

  /** Hears how it goes on. */
  public interface Listener {
    /** An exploration goes on; false asks to stop the whole certification. */
    boolean goOn(String scenario, long durableStates, long crashStates, long waiting);

    /** A scenario came to its verdict. */
    void done(Scenario scenario);

    /** A scenario without any fault violates a property: the first thing that is known. */
    void brokenWithoutFault(String scenario, String property, String why);
  }

  private final CertifyRequest request;
  private final Listener listener;
  private final InstantSource clock;
  private final long start;
  private boolean stopped;
  private boolean outOfTime;

  public Certification(CertifyRequest request, Listener listener, InstantSource clock) {
    this.request = request;
    this.listener = listener;
    this.clock = clock;
    this.start = clock.millis();
  }

  /**
   * A certificate and the boot scripts that its traces point at.
   *
   * @param scripts name to text
   */
  public record Certified(Certificate certificate, SortedMap<String, String> scripts) {}

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
    ContentRules.Result content = ContentRules.check(gadget, yaml.info(), target, Optional.empty());
    findings.addAll(GadgetFindings.ofYaml(gadget.files().origin(), content.findings()));
    GadgetBoard board = null;
    String notModelled = null;
    try {
      board = BoardReader.read(gadget, yaml.info(), target, request.board());
      findings.addAll(GadgetFindings.ofScripts(board));
    } catch (GadgetBoard.NotModelled e) {
      notModelled = e.getMessage();
    }
    String state = board == null ? "" : board.loaderTitle().substring(board.loaderTitle().indexOf(", ") + 2);
    Device device = new Device(name(gadget), gadget.metadata().version(), request.architecture(),
        "Ubuntu Core " + target.series(), yaml.info().bootloader(), state, board == null ? ""
        : board.board().medium().name());
    CertificateBuilder certificate = new CertificateBuilder(device)
        .tool("plugpull 0.1")
        .strict(request.strict())
        .catalogue("ubuntu core, kernel and base refresh")
        .seed(request.seed())
        .option("series", Integer.toString(target.series()))
        .option("architecture", request.architecture())
        .option("scenario", request.scenario())
        .option("watchdog", Boolean.toString(request.board().watchdog()))
        .option("header", request.board().header())
        .option("hush", request.board().hush())
        .option("missing", String.join(",", request.board().missingCommands()))
        .input(request.path().toString(), Digests.of(gadget.files()));
    request.board().environment().forEach((variable, value) ->
        certificate.option(BoardOptions.VARIABLE + variable, value));
    findings.forEach(certificate::finding);
    gadget.assumptions().forEach(certificate::assumption);
    content.notLookedAt().forEach(certificate::notLookedAt);
    Assessment assessment = new Assessment(certificate, request, board, target);
    if (board == null) {
      certificate.notLookedAt(notModelled);
      return new Certified(assessment.sealed(findings, stopped), new TreeMap<>());
    }
    board.assumptions().forEach(certificate::assumption);
    board.notLookedAt().forEach(certificate::notLookedAt);
    explore(board, assessment);
    return new Certified(assessment.sealed(findings, stopped), board.scripts());
  }

  private static String name(GadgetPackage gadget) {
    if (!gadget.metadata().name().isEmpty()) {
      return gadget.metadata().name();
    }
    String origin = gadget.files().origin().replaceAll("/+$", "");
    String last = origin.substring(origin.lastIndexOf('/') + 1);
    return last.isEmpty() || last.equals(".") ? "gadget" : last;
  }

  private void explore(GadgetBoard board, Assessment assessment) {
    undisturbed(board);
    Blame blame = new Blame(board, this::explore);
    for (CoreScenario scenario : UbuntuCoreCatalogue.all()) {
      if (!request.scenario().isEmpty() && !scenario.name().equals(request.scenario())) {
        continue;
      }
      if (stopped || outOfTime) {
        assessment.skipped(scenario, stopped ? "interrupted" : "the budget of seconds ended before it began");
        continue;
      }
      Explored explored = explore(board.board(), scenario, Platform.SNAPD, false);
      listener.done(assessment.add(explored, blame));
    }
    assessment.notRun("gadget refresh", request.from() == null
        ? "needs --from OLD_GADGET"
        : "updates of gadget assets are not modelled yet");
  }

  /** Runs every scenario once without any fault: milliseconds, and the worst gadgets are found out. */
  private void undisturbed(GadgetBoard board) {
    for (CoreScenario scenario : UbuntuCoreCatalogue.all()) {
      CoreDevice device = board.board().device(scenario, Platform.SNAPD, false);
      Replayed<CoreState> run = new Replay<>(device, Judgement::of).check(FaultPlan.NOTHING);
      run.violations().stream().limit(1).forEach(
          v -> listener.brokenWithoutFault(scenario.name(), v.property(), v.why()));
    }
  }

  private Explored explore(CoreBoard board, CoreScenario scenario, Platform platform, boolean idealMedium) {
    CoreDevice device = board.device(scenario, platform, idealMedium);
    ExplorationBounds bounds = ExplorationBounds.DEFAULT
        .withThreads(request.budget().threads())
        .withWorkUnits(request.budget().workUnits());
    Progress progress = (counts, waiting) -> {
      boolean wanted = listener.goOn(scenario.name(), counts.durableStates(), counts.crashStates(), waiting);
      stopped |= !wanted;
      outOfTime |= request.budget().seconds() > 0 && seconds() > request.budget().seconds();
      return wanted && !outOfTime;
    };
    double from = seconds();
    Exploration<CoreState> result = new Explorer<>(device, Judgement::of, bounds).explore(progress);
    return new Explored(scenario, device, result, seconds() - from);
  }

  private double seconds() {
    return (clock.millis() - start) / 1000.0;
  }
}
