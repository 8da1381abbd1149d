package dev.plugpull.conformance.certify;

import dev.plugpull.faultinjection.plan.FaultPlan;
import dev.plugpull.faultinjection.plan.Replayed;
import dev.plugpull.faultinjection.settling.Judge;
import dev.plugpull.reports.Replay;
import dev.plugpull.reports.TraceStep;
import dev.plugpull.scenarios.contract.Judgement;
import dev.plugpull.scenarios.contract.Predictable;
import dev.plugpull.scenarios.family.Families;
import dev.plugpull.scenarios.family.Profile;
import dev.plugpull.scenarios.family.ProfileFile;
import dev.plugpull.scenarios.telling.FaultSteps;
import dev.plugpull.scenarios.telling.Storyteller;
import dev.plugpull.sim.device.UpdatingDevice;
import dev.plugpull.sim.ubuntucore.gadget.GadgetPackage;
import dev.plugpull.sim.ubuntucore.gadget.GadgetYaml;
import dev.plugpull.sim.ubuntucore.gadget.Target;
import dev.plugpull.sim.ubuntucore.gadget.UnreadableGadgetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A stored counter-example, run again.
 *
 * @param repeats true if the property is violated again
 * @param sameReason true if it is violated for the reason that was stored
 * @param sameInput false if the input's digest differs from the one that was stored
 * @param missing steps that were not reached and writes that were not found
 */
public record Repetition(
    boolean repeats, boolean sameReason, boolean sameInput, List<TraceStep> story, List<String> missing) {

  /** Option of a certificate that was made from a profile. */
  static final String PROFILE = "profile";

  /**
   * Runs it again.
   *
   * @param elsewhere the gadget or profile, null to take the stored path
   * @throws UnreadableGadgetException if gadget or scenario cannot be found
   * @throws dev.plugpull.scenarios.family.UnreadableProfileException if the profile cannot be read
   */
  public static Repetition of(Replay stored, Path elsewhere) throws IOException {
    if (stored.inputs().isEmpty()) {
      throw new UnreadableGadgetException("replay file", "it names no input", "give one that certify wrote");
    }
    Path path = elsewhere == null ? Path.of(stored.inputs().getFirst().path()) : elsewhere;
    if (stored.options().containsKey(PROFILE)) {
      Profile profile = ProfileFile.read(path).profile();
      Subject subject = new ProfileSubject(Families.named(profile.family(), path.toString()), profile);
      return repeat(stored, subject, same(stored, Digests.of(path)));
    }
    Map<String, String> options = stored.options();
    try (GadgetPackage gadget = GadgetPackage.open(path, options.getOrDefault("architecture", ""))) {
      GadgetYaml yaml = gadget.yaml();
      Target target = Target.of(series(options), yaml.info(), false);
      GadgetBoard board = BoardReader.read(gadget, yaml.info(), target, BoardOptions.of(options));
      GadgetBoard refreshed = stored.inputs().size() < 2 ? null : RefreshBoard.read(
          Path.of(stored.inputs().get(1).path()), gadget, yaml.info(), target,
          options.getOrDefault("architecture", ""), BoardOptions.of(options));
      return repeat(stored, new CoreSubject(board, refreshed), same(stored, Digests.of(gadget.files())));
    } catch (GadgetBoard.NotModelled e) {
      throw new UnreadableGadgetException(path.toString(), e.getMessage(),
          "replay needs the gadget that was certified");
    }
  }

  private static boolean same(Replay stored, String digest) {
    return digest.equals(stored.inputs().getFirst().digest());
  }

  private static int series(Map<String, String> options) {
    String text = options.getOrDefault("series", "");
    return Target.SERIES.stream().filter(s -> Integer.toString(s).equals(text)).findFirst().orElseThrow(
        () -> new UnreadableGadgetException("replay file", "its series '" + text + "' is not known", "certify again"));
  }

  private static Repetition repeat(Replay stored, Subject subject, boolean same) {
    String scenario = stored.counterExample().scenario();
    if (!subject.scenarios().contains(scenario)) {
      throw new UnreadableGadgetException(
          "replay file", "its scenario '" + scenario + "' is not in the catalogue", "certify again");
    }
    return repeat(stored, subject.device(scenario, Set.of()), subject, same);
  }

  private static <S> Repetition repeat(Replay stored, UpdatingDevice<S> device, Subject subject, boolean same) {
    FaultPlan plan = plan(stored, device);
    String property = stored.counterExample().property();
    Replayed<S> run = new dev.plugpull.faultinjection.plan.Replay<>(device, judge(property, device)).trace(plan);
    return new Repetition(
        run.violates(property),
        run.violates(property, stored.counterExample().title()),
        same,
        new Storyteller(subject.scripts()).tell(run.trace()),
        run.missing());
  }

  private static FaultPlan plan(Replay stored, UpdatingDevice<?> device) {
    try {
      return FaultSteps.plan(stored.counterExample().faultPlan(), device.volumes());
    } catch (IllegalArgumentException e) {
      throw new UnreadableGadgetException("replay file", e.getMessage(), "give one that certify wrote");
    }
  }

  /** PRED compares histories: the stored one with the one that is left alone. */
  private static <S> Judge<S> judge(String property, UpdatingDevice<S> device) {
    if (!property.equals(Predictable.ID)) {
      return Judgement::of;
    }
    return Contradictions.against(new dev.plugpull.faultinjection.plan.Replay<>(device, Judgement::of)
        .check(FaultPlan.NOTHING).settlement());
  }
}
