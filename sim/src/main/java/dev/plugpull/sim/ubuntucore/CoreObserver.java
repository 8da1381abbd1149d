package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.device.Deaf;
import dev.plugpull.sim.device.DiskFiller;
import dev.plugpull.sim.device.Observation;
import dev.plugpull.sim.device.Outcome;
import dev.plugpull.sim.device.UpdatingDevice.Variable;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.filesystem.VolumeState;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.media.Hash128;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at an Ubuntu Core device from outside: what runs, what is reported, what is stored. */
final class CoreObserver {
  /** Room for records, temporary files and units beside the snaps, in blocks. */
  private static final long SLACK_BLOCKS = 256;

  private CoreObserver() {}

  static String lastResult(CoreSetup setup, CoreState state) {
    SnapdRecord record = record(setup, state);
    return record == null ? "" : record.lastResult();
  }

  static String lastKind(CoreSetup setup, CoreState state) {
    SnapdRecord record = record(setup, state);
    return record == null ? "" : record.lastKind();
  }

  private static SnapdRecord record(CoreSetup setup, CoreState state) {
    return SnapdRecord.read(data(setup, state).content(SnapdRecord.PATH));
  }

  private static Tree data(CoreSetup setup, CoreState state) {
    return state.volumes().get(setup.layout().data()).recovered();
  }

  static Observation observe(CoreSetup setup, CoreState state, boolean foreignChange) {
    SnapdRecord record = record(setup, state);
    Running running = state.observed() == null ? Running.NOTHING : state.observed();
    SortedMap<String, String> runs = new TreeMap<>();
    runs.put("kernel", Integer.toString(running.kernel()));
    runs.put("modules", running.modules() + (running.modulesComplete() ? "" : " incomplete"));
    runs.put("base", Integer.toString(running.base()));
    if (setup.scenario().refreshed().contains(Part.GADGET)) {
      runs.put("gadget assets", AssetObserver.words(setup, state, Part.GADGET));
    }
    if (AssetObserver.tells(setup, Part.KERNEL)) {
      runs.put("kernel assets", AssetObserver.words(setup, state, Part.KERNEL));
    }
    String below = belowFloor(setup, state, record);
    if (!below.isEmpty()) {
      runs.put("sealed keys", below);
    }
    for (Part part : setup.parts()) {
      if (!part.boots()) {
        runs.put(part.word(), Integer.toString(runs(setup, state, part)));
      }
    }
    SortedMap<String, String> reported = new TreeMap<>();
    if (record != null) {
      for (Part part : setup.parts()) {
        reported.put(part.word(), record.snap(part).current() + (record.snap(part).active() ? "" : " inactive"));
      }
    }
    ModeObserver.tell(setup, state, record, runs, reported);
    return new Observation(
        outcome(setup, state, running, record),
        runs,
        reported,
        held(setup, state) ? "waiting" : change(record),
        record == null ? "no readable state" : record.lastWhy(),
        targetGood(setup, state),
        !state.environment().diskFull() && !held(setup, state),
        !state.monitors().unverified(),
        !below.isEmpty(),
        userData(setup, state, record),
        baseChanged(setup, state, running),
        booted(setup, state, running),
        bookkeeping(setup, state, record),
        foreignChange,
        blocks(state.volumes()),
        allowed(setup),
        running.kernel() == 0 || setup.sealing().lockoutClear(setup, state));
  }

  /** True if the base that runs is not what was released; one that is not whole is not mounted. */
  private static boolean baseChanged(CoreSetup setup, CoreState state, Running running) {
    Content base = running.base() == 0 ? null
        : data(setup, state).content(Initramfs.SNAPS + setup.blob(Part.BASE, running.base()));
    return base != null && !base.equals(setup.snap(Part.BASE, running.base()));
  }

  /** What would open the data beside what runs; asked of a device that has settled and ended its change. */
  private static String belowFloor(CoreSetup setup, CoreState state, SnapdRecord record) {
    boolean rests = state.observed() != null && record != null && record.change() == null;
    return rests ? setup.sealing().belowFloor(setup, state) : "";
  }

  /** True while a running app holds its refresh: told so, and overcome as soon as somebody closes it. */
  private static boolean held(CoreSetup setup, CoreState state) {
    return setup.scenario().is(Circumstance.APP_RUNS) && state.environment().events().contains(CoreDevice.CLOSED);
  }

  private static boolean targetGood(CoreSetup setup, CoreState state) {
    boolean returned = setup.scenario().is(Circumstance.FAILS_ON_RETURN) && state.environment().events().isEmpty();
    return state.environment().offered() == Revisions.NEXT || setup.scenario().good() && !returned;
  }

  /** What runs of a snap that no boot state speaks of; of snapd only if its tools are of the same revision. */
  private static int runs(CoreSetup setup, CoreState state, Part part) {
    if (part.isApp()) {
      return App.runs(setup, data(setup, state), part);
    }
    int tools = SnapdUnits.named(data(setup, state).content(SnapdUnits.path(SnapdUnits.TOOLS)));
    int daemon = state.observed() == null ? 0 : state.observed().snapd();
    return tools == daemon ? daemon : 0;
  }

  /**
   * Fingerprint of the read-only content that this boot runs from: the two snaps and the drivers tree. The kernel's
   * image is not looked at again: a damaged one does not start. Damage counts as damage, however much is left.
   */
  private static String booted(CoreSetup setup, CoreState state, Running running) {
    Tree data = data(setup, state);
    List<String> content = new ArrayList<>();
    content.add(known(data, Initramfs.SNAPS + setup.blob(Part.KERNEL, running.modules())));
    content.add(known(data, Initramfs.SNAPS + setup.blob(Part.BASE, running.base())));
    if (setup.series().hasDriversTree()) {
      DriversTree.links(setup, running.modules()).keySet().forEach(link ->
          content.add(link + " -> " + data.target(DriversTree.path(setup, running.modules()) + "/" + link)));
    }
    return Hash128.of(String.join("|", content)).toString();
  }

  private static String known(Tree tree, String path) {
    Content content = tree.content(path);
    return path + (content == null ? " missing" : content.isPart() ? " damaged" : " " + content.hash());
  }

  private static String change(SnapdRecord record) {
    if (record == null) {
      return "unknown";
    }
    if (record.change() != null) {
      return "doing";
    }
    return record.lastResult().isEmpty() ? "none" : record.lastResult();
  }

  private static Outcome outcome(CoreSetup setup, CoreState state, Running running, SnapdRecord record) {
    if (running.kernel() == 0) {
      return Outcome.BRICK;
    }
    if (record == null || setup.has(Part.SNAPD) && running.snapd() == 0) {
      return Outcome.STUCK;
    }
    int wanted = state.environment().offered();
    boolean isNew = true;
    boolean isOld = true;
    for (Part part : setup.scenario().refreshed()) {
      int revision = switch (part) {
        case KERNEL -> running.kernel();
        case BASE -> running.base();
        case GADGET -> AssetObserver.revision(setup, state, record);
        case SNAPD, APP, NEIGHBOUR -> runs(setup, state, part);
      };
      isNew &= revision == wanted;
      isOld &= revision < wanted && revision != AssetObserver.MIXTURE;
    }
    if (setup.makesSystem()) {
      int revision = ModeObserver.system(setup, state, record);
      isNew &= revision == wanted;
      isOld &= revision < wanted && revision != AssetObserver.MIXTURE;
    }
    boolean matched = running.kernel() == running.modules() && running.modulesComplete()
        && AssetObserver.matchKernel(setup, state, running.kernel());
    if (!matched || !isNew && !isOld) {
      return Outcome.MIXED;
    }
    Optional<Outcome> made = ModeObserver.made(setup, state);
    if (made.isPresent()) {
      return made.get();
    }
    return isNew ? Outcome.NEW : Outcome.OLD;
  }

  private static SortedMap<String, String> userData(CoreSetup setup, CoreState state, SnapdRecord record) {
    SortedMap<String, String> result = new TreeMap<>();
    if (record == null) {
      return result;
    }
    ModeObserver.identity(setup, state).ifPresent(identity -> result.put("the device's serial", identity));
    if (ModeObserver.dataMayGo(setup, state)) {
      return result;
    }
    for (Part part : setup.parts()) {
      int current = record.snap(part).current();
      if (part.isApp()) {
        for (int revision : record.snap(part).sequence()) {
          // What a change in progress discards may be gone before that is recorded.
          if (record.change() == null || revision == current) {
            result.put(setup.name(part) + " " + revision, appData(setup, state, part, revision, current));
          }
        }
        continue;
      }
      Content content = data(setup, state).content("/var/snap/" + setup.name(part) + "/" + current + "/data");
      result.put(setup.name(part), content != null && !content.isPart() && content.length() > 0 ? "kept" : "lost");
    }
    return result;
  }

  /**
   * Each revision has its own data. What is not current is as that revision left it; the current one reads its own and
   * older data.
   */
  private static String appData(CoreSetup setup, CoreState state, Part part, int revision, int current) {
    String name = setup.name(part);
    int writer = App.writer(name, data(setup, state).content("/var/snap/" + name + "/" + revision + "/data"));
    if (writer == 0) {
      return "lost";
    }
    boolean fits = revision == current ? writer <= revision : writer == revision;
    return fits ? "kept" : "foreign";
  }

  private static String bookkeeping(CoreSetup setup, CoreState state, SnapdRecord record) {
    if (record == null) {
      return "";
    }
    Modeenv modeenv = Modeenv.read(data(setup, state).content(Modeenv.PATH));
    return record.hash() + "|" + (modeenv == null ? "" : modeenv.content().hash());
  }

  private static long allowed(CoreSetup setup) {
    long more = SLACK_BLOCKS + blocks(ModeObserver.mayTake(setup));
    for (Part part : setup.scenario().refreshed()) {
      more += 2 * blocks(setup.snap(part, Revisions.NEW).length());
    }
    return blocks(setup.installed()) + more;
  }

  private static long blocks(List<VolumeState> volumes) {
    long sum = 0;
    for (VolumeState volume : volumes) {
      sum += blocks(DiskFiller.without(volume.recovered()).root(), new HashSet<>());
    }
    return sum;
  }

  private static long blocks(Tree.Directory directory, Set<Long> counted) {
    long sum = 1;
    for (String name : directory.names()) {
      switch (directory.get(name)) {
        case Tree.Directory inner -> sum += blocks(inner, counted);
        case Tree.File file -> sum += counted.add(file.inode()) ? blocks(file.content().length()) : 0;
        case Tree.Symlink link -> sum += 0;
      }
    }
    return sum;
  }

  private static long blocks(long bytes) {
    return (bytes + 4095) / 4096;
  }

  static List<Variable> describe(CoreSetup setup, CoreState state) {
    List<Variable> variables = new ArrayList<>();
    Modeenv modeenv = Modeenv.read(data(setup, state).content(Modeenv.PATH));
    if (setup.series().hasModeenv()) {
      variables.add(new Variable("modeenv", "current_kernels",
          modeenv == null ? "unreadable" : String.join(",", modeenv.currentKernels())));
      variables.add(new Variable("modeenv", "base", modeenv == null ? "unreadable" : modeenv.base()));
      variables.add(new Variable("modeenv", "try_base", modeenv == null ? "" : modeenv.tryBase()));
      variables.add(new Variable("modeenv", "base_status", modeenv == null ? "" : modeenv.baseStatus()));
    }
    variables.addAll(setup.sealing().describe(setup, state));
    variables.addAll(setup.bootState().describe(mounted(setup, state)));
    ModeObserver.describe(setup, state, mounted(setup, state)).stream()
        .filter(variable -> !variables.contains(variable)).forEach(variables::add);
    SnapdRecord record = record(setup, state);
    if (record == null) {
      variables.add(new Variable("state.json", "state", "unreadable"));
      return variables;
    }
    for (Part part : setup.parts()) {
      SnapdRecord.Snap snap = record.snap(part);
      variables.add(new Variable("state.json", part.word(), snap.current() + (snap.active() ? "" : " (inactive)")));
    }
    variables.add(new Variable("state.json", "change", changeWords(record)));
    return variables;
  }

  private static Machine mounted(CoreSetup setup, CoreState state) {
    Machine machine = new Machine(setup, state, new Deaf<>());
    machine.mount();
    return machine;
  }

  private static String changeWords(SnapdRecord record) {
    Change change = record.change();
    if (change == null) {
      return record.lastResult().isEmpty() ? "none" : record.lastResult() + " " + record.lastWhy();
    }
    List<TaskPlan.Task> tasks = change.tasks();
    for (int i = 0; i < tasks.size(); i++) {
      switch (change.statuses()[i]) {
        case DOING, UNDOING, WAIT, UNDO_WAIT -> {
          return change.kind() + ": " + tasks.get(i) + " " + change.statuses()[i];
        }
        case DO, DONE, UNDO, UNDONE, HOLD, ERROR -> {
          // look on
        }
      }
    }
    return change.kind() + " in progress";
  }
}
