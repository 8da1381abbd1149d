package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.media.Hash128;
import dev.plugpull.sim.ubuntucore.Change.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The snapd daemon in one boot: boot success first, then the task engine (specification sections 3.1 and 4.5). */
final class Snapd {

  /** Why the daemon has nothing more to do. */
  enum End {
    IDLE,
    REBOOT,
    /** It ends itself so that systemd starts another revision (row S5). */
    RESTART,
    /** It cannot read its state, or cannot write it: it runs, but no update is possible. */
    DEAD
  }

  final Machine machine;
  final CoreSetup setup;
  final Running running;
  /** Mount units that are active. RAM: lost with the boot. */
  final Set<String> mounted = new TreeSet<>();

  final SnapdUnits units;
  /** Revision of the daemon that runs, 0 if snapd is no snap of its own here. */
  int revision;
  /** Starts of the daemon that failed since systemd began with it. */
  int failures;
  /** True if the failure handler started it ({@code SNAPD_REVERT_TO_REV}). */
  boolean reverting;
  /** True once it asked for its own restart. */
  boolean restart;
  /** True once a task asked for a reboot at once (R9). */
  boolean rebootNow;

  SnapdRecord record;
  private boolean bootIdStored;
  private boolean leaves;
  private String dead = "";

  Snapd(Machine machine, Running running) {
    this.machine = machine;
    this.setup = machine.setup;
    this.running = running;
    this.units = new SnapdUnits(machine);
    mounted.addAll(machine.data().tree().names(SnapTasks.WANTS));
  }

  String whyDead() {
    return dead;
  }

  /**
   * Runs the daemon from its start.
   *
   * @param newBoot false if it was only restarted
   */
  End run(boolean newBoot) {
    machine.actor("snapd");
    restart = false;
    try {
      record = state();
    } catch (SnapdError | NoSpaceException e) {
      dead = e.getMessage();
      return End.DEAD;
    }
    try {
      setup.sealing().clearLockout(machine);
      ensureBootOk();
      ensureTriedSystem();
      if (newBoot) {
        releaseWaiting();
      }
      return work();
    } catch (NoSpaceException e) {
      dead = "cannot write state.json: " + e.getMessage();
      return End.DEAD;
    }
  }

  /** Once a boot: M1 to M6. An error is logged and, in snapd as it is, not tried again in this boot (H12). */
  private void ensureBootOk() {
    if (bootIdStored) {
      return;
    }
    checkpoint("P17.boot-id");
    bootIdStored = true;
    try {
      setup.bootState().markSuccessful(machine, running);
    } catch (SnapdError | NoSpaceException e) {
      machine.step("boot is not marked successful: " + e.getMessage(), "");
      bootIdStored = !setup.platform().successRepeated();
    }
  }

  private SnapdRecord state() {
    SnapdRecord stored = SnapdRecord.read(machine.data().tree().content(SnapdRecord.PATH));
    if (stored == null && FirstBoot.isDue(machine)) {
      record = FirstBoot.seed(this);
      checkpoint("P17.seeded");
      return record;
    }
    if (stored == null) {
      throw new SnapdError("cannot read state.json");
    }
    return stored;
  }

  /** R11 and F8, where the device has recovery systems. */
  private void ensureTriedSystem() {
    if (!setup.hasModes()) {
      return;
    }
    try {
      TriedSystem.inspect(this);
    } catch (SnapdError e) {
      machine.step("the trial of a recovery system is not looked at: " + e.getMessage(), "");
    }
    FirstBoot.tidyUp(machine);
  }

  private void releaseWaiting() {
    Change change = record.change();
    if (change == null) {
      return;
    }
    for (int i = 0; i < change.statuses().length; i++) {
      if (change.statuses()[i] == Status.WAIT) {
        change = change.with(i, Status.DONE);
      } else if (change.statuses()[i] == Status.UNDO_WAIT) {
        change = change.with(i, Status.UNDONE);
      }
    }
    record = record.with(change);
  }

  private End work() {
    while (!restart) {
      machine.moment("next task", memory());
      if (record.change() == null && !beginChange()) {
        return leaves ? End.REBOOT : End.IDLE;
      }
      List<TaskPlan.Task> tasks = record.change().tasks();
      int next = next(record.change());
      if (next < 0) {
        finish();
      } else if (waits(record.change())) {
        return End.REBOOT;
      } else {
        step(tasks.get(next), next);
        if (rebootNow) {
          return End.REBOOT;
        }
      }
    }
    return End.RESTART;
  }

  /** All that the daemon has in memory between two tasks, and systemd of its units. */
  private Hash128 memory() {
    Hash128 all = record.hash().then(running.hash()).then(units.hash());
    for (String unit : mounted) {
      all = all.plus(Hash128.of(unit));
    }
    long flags = (reverting ? 1L : 0) + (bootIdStored ? 2 : 0) + (leaves ? 4 : 0);
    return all.then(new Hash128(((long) failures << 32) + revision, flags));
  }

  private boolean waits(Change change) {
    for (Status status : change.statuses()) {
      if (status == Status.WAIT && !change.undoing() || status == Status.UNDO_WAIT) {
        return setup.series() == Series.UC16 || afterWaiting(change);
      }
    }
    return false;
  }

  /** Tasks of another part may still run before the one reboot of a joint change: up to the last link-snap. */
  private static boolean afterWaiting(Change change) {
    Status[] all = change.statuses();
    if (change.undoing()) {
      return true;
    }
    int last = -1;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == Status.DONE || all[i] == Status.WAIT) {
        last = i;
      }
    }
    return last >= change.lastLink();
  }

  /** The task to run now, -1 if the change is ready. */
  private static int next(Change change) {
    Status[] all = change.statuses();
    if (change.undoing()) {
      for (int i = all.length - 1; i >= 0; i--) {
        if (all[i] == Status.UNDO || all[i] == Status.UNDOING || all[i] == Status.UNDO_WAIT) {
          return i;
        }
      }
      return -1;
    }
    for (int i = 0; i < all.length; i++) {
      if (all[i] == Status.DO || all[i] == Status.DOING) {
        return i;
      }
    }
    return -1;
  }

  private void step(TaskPlan.Task task, int index) {
    boolean undo = record.change().undoing();
    Status begun = undo ? Status.UNDOING : Status.DOING;
    if (record.change().statuses()[index] != begun) {
      record = record.with(record.change().with(index, begun));
      checkpoint("P17." + (undo ? "undo-" : "") + task.kind().word());
    }
    machine.moment("task begun", memory());
    try {
      boolean waits = handle(task, undo);
      record = record.with(record.change().with(index, ended(undo, waits)));
    } catch (SnapdError e) {
      machine.step(task + " fails: " + e.getMessage(), "");
      record = record.with(record.change().failed(index, e.getMessage()));
    } catch (NoSpaceException e) {
      machine.step(task + " fails: no space left on device", "");
      record = record.with(record.change().failed(index, "no space left on device"));
    }
    checkpoint("P17." + (undo ? "undone-" : "done-") + task.kind().word());
  }

  /** Runs a task's handler or its undo handler; true if it must wait for a reboot. */
  private boolean handle(TaskPlan.Task task, boolean undo) {
    if (task.part() != null) {
      return undo ? SnapTasks.undo(this, task) : SnapTasks.perform(this, task);
    }
    if (undo) {
      SystemTasks.undo(this, task.kind());
    } else {
      SystemTasks.perform(this, task.kind());
    }
    return false;
  }

  private static Status ended(boolean undo, boolean waits) {
    if (undo) {
      return waits ? Status.UNDO_WAIT : Status.UNDONE;
    }
    return waits ? Status.WAIT : Status.DONE;
  }

  private void finish() {
    Change change = record.change();
    boolean failed = change.undoing();
    if (!failed) {
      SnapTasks.cleanUp(this);
    }
    int target = change.target().isEmpty() ? record.device().wanted() : change.target().values().iterator().next();
    record = record.ended(failed ? "failed" : "done", change.told(), failed ? target : 0);
    checkpoint("P17.ready");
    if (!failed) {
      machine.monitors(machine.monitors().done(change.kind().equals("refresh") ? target : 0));
    }
  }

  private boolean beginChange() {
    Environment world = machine.environment();
    switch (world.asked()) {
      case "refresh" -> {
        return record.failed() != world.offered() && refresh(world);
      }
      case "again" -> {
        machine.environment(world.asked("refresh"));
        return refresh(world);
      }
      case RecoveryMode.ASKED -> {
        machine.environment(world.asked("nothing"));
        RecoveryMode.ask(machine, RecoveryMode.ASKED, record.device().system());
        leaves = true;
        return false;
      }
      case RecoveryMode.RESET -> {
        if (!ModeObserver.wasReset(setup, machine.data().tree())) {
          RecoveryMode.ask(machine, RecoveryMode.RESET, record.device().system());
          leaves = true;
        }
        machine.environment(world.asked("nothing"));
        return false;
      }
      case "revert" -> {
        machine.environment(world.asked("nothing"));
        machine.monitors(machine.monitors().done(0));
        return revert();
      }
      default -> {
        return false;
      }
    }
  }

  private boolean refresh(Environment world) {
    if (setup.scenario().is(Circumstance.APP_RUNS) && world.events().contains(CoreDevice.CLOSED)) {
      SnapTasks.preDownload(this, world.offered());
      return false;
    }
    Map<Part, Integer> target = new EnumMap<>(Part.class);
    for (Part part : setup.scenario().refreshed()) {
      if (record.snap(part).current() < world.offered()) {
        target.put(part, world.offered());
      }
    }
    if (setup.makesSystem() && record.device().system() < world.offered()) {
      record = record.with(record.device().wanted(world.offered()));
      return start("refresh", target);
    }
    return begin("refresh", target);
  }

  private boolean revert() {
    Map<Part, Integer> target = new EnumMap<>(Part.class);
    for (Part part : setup.scenario().refreshed()) {
      SnapdRecord.Snap snap = record.snap(part);
      int at = snap.sequence().indexOf(snap.current());
      if (at > 0) {
        target.put(part, snap.sequence().get(at - 1));
      }
    }
    return begin("revert", target);
  }

  private boolean begin(String kind, Map<Part, Integer> target) {
    return !target.isEmpty() && start(kind, target);
  }

  private boolean start(String kind, Map<Part, Integer> target) {
    Map<Part, Integer> origin = new EnumMap<>(Part.class);
    target.forEach((part, revision) -> origin.put(part, record.snap(part).current()));
    boolean returning = kind.equals("refresh") && !target.isEmpty()
        && target.entrySet().stream().allMatch(e -> record.snap(e.getKey()).sequence().contains(e.getValue()));
    List<TaskPlan.Task> tasks = TaskPlan.tasks(kind, target.keySet(), returning, setup);
    record = record.with(Change.begin(kind, target, origin, tasks));
    checkpoint("P17.change");
    return true;
  }

  /** P17: the whole state, by P1. */
  void checkpoint(String point) {
    Writes.atomic(machine, point, machine.data(), SnapdRecord.PATH, record.content());
  }
}
