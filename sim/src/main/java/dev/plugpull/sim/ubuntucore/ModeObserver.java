package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Looks from outside at what only devices with recovery systems have: these, the model, and whose device it is. */
final class ModeObserver {
  private ModeObserver() {}

  /** The world at the start of a scenario that begins with something else than a refresh. */
  static Optional<Environment> first(CoreScenario scenario) {
    boolean installs = scenario.is(Circumstance.INSTALLS);
    if (!installs && !scenario.is(Circumstance.RESETS)) {
      return Optional.empty();
    }
    String wish = installs ? "nothing" : RecoveryMode.RESET;
    return Optional.of(
        new Environment(Revisions.OLD, scenario.interruptions(), scenario.events(), wish, false));
  }

  /** True if nothing is left of what was there before a factory reset. */
  static boolean wasReset(CoreSetup setup, Tree data) {
    return !data.exists("/var/snap/" + setup.name(Part.BASE) + "/" + Revisions.OLD + "/data");
  }

  private static Tree tree(CoreState state, int volume) {
    return state.volumes().get(volume).recovered();
  }

  /** Good recovery systems and the model: as they are and as snapd has them. */
  static void tell(CoreSetup setup, CoreState state, SnapdRecord record, SortedMap<String, String> runs,
      SortedMap<String, String> reported) {
    Modeenv modeenv = Modeenv.read(tree(state, setup.layout().data()).content(Modeenv.PATH));
    if (!setup.hasModes() || modeenv == null || record == null) {
      return;
    }
    Tree seed = tree(state, setup.layout().seed());
    List<String> good = Labels.of(modeenv.entries().good());
    List<String> whole = good.stream().filter(label -> RecoverySystem.read(setup, seed, label) != null).toList();
    runs.put("recovery systems", String.join(",", whole));
    reported.put("recovery systems", String.join(",", good));
    Content measured = tree(state, setup.layout().ubuntuBoot()).content(ModelFile.PATH);
    runs.put("model", Integer.toString(ModelFile.read(measured)));
    reported.put("model", Integer.toString(record.device().model()));
  }

  /** The number of the new system and model if they are there wholly, that of the old ones if no trace of them is. */
  static int system(CoreSetup setup, CoreState state, SnapdRecord record) {
    int wanted = state.environment().offered();
    String label = RecoverySystem.label(wanted);
    Tree seed = tree(state, setup.layout().seed());
    Modeenv modeenv = Modeenv.read(tree(state, setup.layout().data()).content(Modeenv.PATH));
    ModeEntries entries = modeenv == null ? ModeEntries.NONE : modeenv.entries();
    int measured = ModelFile.read(tree(state, setup.layout().ubuntuBoot()).content(ModelFile.PATH));
    RecoverySystem system = RecoverySystem.read(setup, seed, label);
    boolean remodels = setup.scenario().is(Circumstance.REMODELS);
    int model = remodels ? wanted : Revisions.OLD;
    boolean models = measured == model && entries.model() == model && record.device().model() == model;
    boolean arrived = system != null && system.model() == model && record.device().system() == wanted
        && Labels.contain(entries.good(), label) && models;
    if (arrived) {
      return wanted;
    }
    // A folder that nobody names is only in the way: it takes space, and no label is taken twice.
    boolean trace = record.device().system() == wanted
        || Labels.contain(entries.good() + "," + entries.current(), label)
        || remodels && (measured == wanted || entries.model() == wanted || record.device().model() == wanted);
    return trace ? AssetObserver.MIXTURE : Revisions.OLD;
  }

  /** How an installation or a factory reset ended, until the next update is on offer; empty for other scenarios. */
  static Optional<Outcome> made(CoreSetup setup, CoreState state) {
    CoreScenario scenario = setup.scenario();
    boolean makes = scenario.is(Circumstance.INSTALLS) || scenario.is(Circumstance.RESETS);
    if (!makes || state.environment().offered() != Revisions.OLD) {
      return Optional.empty();
    }
    Tree data = tree(state, setup.layout().data());
    if (!wasReset(setup, data)) {
      return Optional.of(Outcome.OLD);
    }
    return Optional.of(data.exists(InstallMode.MARKER) ? Outcome.MIXED : Outcome.NEW);
  }

  /** True if the data of before may be gone: nobody has used the device yet, or somebody asked for it. */
  static boolean dataMayGo(CoreSetup setup, CoreState state) {
    return setup.scenario().is(Circumstance.INSTALLS)
        || setup.scenario().is(Circumstance.RESETS) && wasReset(setup, tree(state, setup.layout().data()));
  }

  /** The serial that the device got when it was registered. */
  static Optional<String> identity(CoreSetup setup, CoreState state) {
    if (!setup.hasModes() || setup.scenario().is(Circumstance.INSTALLS)) {
      return Optional.empty();
    }
    Content serial = tree(state, setup.layout().save()).content(InstallMode.SERIAL);
    return Optional.of(serial != null && !serial.isPart() ? "kept" : "lost");
  }

  /** Bytes that an installation, or up to two new recovery systems, may take beside the clean device. */
  static long mayTake(CoreSetup setup) {
    if (!setup.hasModes()) {
      return 0;
    }
    long snaps = 0;
    for (Part part : setup.parts()) {
      snaps += setup.snap(part, Revisions.NEW).length();
    }
    return 2 * snaps;
  }

  static List<Variable> describe(CoreSetup setup, CoreState state, Machine machine) {
    List<Variable> variables = new ArrayList<>();
    if (!setup.hasModes()) {
      return variables;
    }
    Modeenv modeenv = Modeenv.read(tree(state, setup.layout().data()).content(Modeenv.PATH));
    if (modeenv != null) {
      variables.add(new Variable("modeenv", "current_recovery_systems", modeenv.entries().current()));
      variables.add(new Variable("modeenv", "good_recovery_systems", modeenv.entries().good()));
    }
    variables.addAll(setup.seedLoader().environment().describe(machine));
    return variables;
  }
}
