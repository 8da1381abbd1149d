package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.reports.Replay;
import dev.plugpull.reports.TraceStep;
import dev.plugpull.scenarios.catalogue.UbuntuCoreCatalogue;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.sim.ubuntucore.CoreDevice;
import dev.plugpull.sim.ubuntucore.CoreScenario;
import dev.plugpull.sim.ubuntucore.CoreState;
import dev.plugpull.sim.ubuntucore.Platform;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A stored counter-example, run again.
 *
 * @param sameInput false if the gadget's digest differs from the one that was stored
 * @param missing steps that were not reached and writes that were not found
 */
public record Repetition(boolean repeats, boolean sameInput, List<TraceStep> story, List<String> missing) {

  /**
   * Runs it again.
   *
   * @param elsewhere the gadget, null to take the stored path
   * @throws UnreadableGadgetException if gadget or scenario cannot be found
   */
  public static Repetition of(Replay stored, Path elsewhere) throws IOException {
    if (stored.inputs().isEmpty()) {
      throw new UnreadableGadgetException("replay file", "it names no input", "give one that certify wrote");
    }
    Path path = elsewhere == null ? Path.of(stored.inputs().getFirst().path()) : elsewhere;
    Map<String, String> options = stored.options();
    try (GadgetPackage gadget = GadgetPackage.open(path, options.getOrDefault("architecture", ""))) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.of(series(options), yaml.info(), false);
      GadgetBoard device = BoardReader.read(gadget, yaml.info(), target, BoardOptions.of(options));
      boolean same = Digests.of(gadget.files()).equals(stored.inputs().getFirst().digest());
      return repeat(stored, device, same);
    } catch (GadgetBoard.NotModelled e) {
      throw new UnreadableGadgetException(path.toString(), e.getMessage(),
          "replay needs the gadget that was certified");
    }
  }

  private static int series(Map<String, String> options) {
    String text = options.getOrDefault("series", "");
    return Target.SERIES.stream().filter(s -> Integer.toString(s).equals(text)).findFirst().orElseThrow(
        () -> new UnreadableGadgetException("replay file", "its series '" + text + "' is not known", "certify again"));
  }

  private static Repetition repeat(Replay stored, GadgetBoard gadget, boolean same) {
    CoreScenario scenario = UbuntuCoreCatalogue.all().stream()
        .filter(s -> s.name().equals(stored.counterExample().scenario()))
        .findFirst()
        .orElseThrow(() -> new UnreadableGadgetException("replay file",
            "its scenario '" + stored.counterExample().scenario() + "' is not in the catalogue", "certify again"));
    CoreDevice device = gadget.board().device(scenario, Platform.SNAPD, false);
    FaultPlan plan = FaultSteps.plan(stored.counterExample().faultPlan(), device.volumes());
    Replayed<CoreState> run =
        new dev.plugpull.faultinjection.plan.Replay<>(device, Judgement::of).trace(plan);
    return new Repetition(
        run.violates(stored.counterExample().property()),
        same,
        new Storyteller(gadget.scripts()).tell(run.trace()),
        run.missing());
  }
}
