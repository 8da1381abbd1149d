package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;

/** What the tasks of a change do and undo, write by write (specification sections 2.6, 3.2, 3.3 and 7.1). */
final class SnapTasks {
  static final String WANTS = "/etc/systemd/system/multi-user.target.wants";
  static final String UNITS = "/etc/systemd/system";
  static final String CACHE = "/var/lib/snapd/cache/";
  static final String ASSERTIONS = "/var/lib/snapd/assertions/asserts-v0/";

  private final Snapd snapd;
  private final Machine machine;
  private final CoreSetup setup;
  private final Part part;
  private final int target;
  private final int origin;
  private final App app;
  private final SnapData copies;

  private SnapTasks(Snapd snapd, Part part) {
    this.snapd = snapd;
    this.machine = snapd.machine;
    this.setup = snapd.setup;
    this.part = part;
    this.target = snapd.record.change().target().get(part);
    this.origin = snapd.record.change().origin().get(part);
    this.app = new App(machine, part);
    this.copies = new SnapData(machine, part, origin, target, !snapd.record.change().brings());
  }

  /** Runs a task's handler; true if it must wait for a reboot. */
  static boolean perform(Snapd snapd, TaskPlan.Task task) {
    SnapTasks tasks = new SnapTasks(snapd, task.part());
    switch (task.kind()) {
      case DOWNLOAD -> new SnapDownload(tasks.machine, tasks.part, tasks.target).fetch();
      case VALIDATE -> tasks.validate();
      case MOUNT -> tasks.mount();
      case PRE_REFRESH -> tasks.hook(Circumstance.PRE_REFRESH_FAILS, "pre-refresh");
      case STOP_SERVICES -> {
        // what runs is RAM
      }
      case REMOVE_ALIASES -> tasks.app.removeAlias("A2");
      case UNLINK -> tasks.unlink();
      case PREPARE_KERNEL -> DriversTree.build(tasks.machine, tasks.target);
      case UPDATE_ASSETS -> tasks.updateAssets();
      case COPY_DATA -> tasks.copies.copy();
      case LINK -> {
        return tasks.link();
      }
      case AUTO_CONNECT -> tasks.finishRestart();
      case DISCARD_DRIVERS -> DriversTree.remove(tasks.machine, "K25", tasks.origin);
      case SETUP_ALIASES -> tasks.app.makeAlias("A5.alias");
      case POST_REFRESH -> tasks.postRefresh();
      case START_SERVICES -> tasks.startServices();
      case DISCARD -> tasks.discard();
      case CONFIGURE -> tasks.hook(Circumstance.CONFIGURE_FAILS, "configure");
      case CHECK_HEALTH -> tasks.hook(Circumstance.CHECK_HEALTH_FAILS, "check-health");
      case CREATE_SYSTEM, FINALIZE_SYSTEM, SET_MODEL -> throw new IllegalStateException("a task of no snap");
    }
    return false;
  }

  /** Runs a task's undo handler; true if it must wait for a reboot. */
  static boolean undo(Snapd snapd, TaskPlan.Task task) {
    SnapTasks tasks = new SnapTasks(snapd, task.part());
    switch (task.kind()) {
      case DOWNLOAD -> Writes.remove(tasks.machine, "U2-download", tasks.machine.data(), tasks.blobPath(tasks.target));
      case MOUNT -> tasks.undoMount();
      case UNLINK -> {
        return tasks.undoUnlink();
      }
      case PREPARE_KERNEL -> DriversTree.remove(tasks.machine, "U9-drivers", tasks.target);
      case UPDATE_ASSETS -> tasks.undoAssets();
      case COPY_DATA -> tasks.copies.undo();
      case LINK -> tasks.undoLink();
      case DISCARD_DRIVERS -> DriversTree.build(tasks.machine, tasks.origin);
      case STOP_SERVICES -> tasks.app.enable("U14.wants");
      case REMOVE_ALIASES -> tasks.app.makeAlias("U15");
      case SETUP_ALIASES -> tasks.app.removeAlias("U16");
      case CREATE_SYSTEM, FINALIZE_SYSTEM, SET_MODEL -> throw new IllegalStateException("a task of no snap");
      case VALIDATE, PRE_REFRESH, AUTO_CONNECT, POST_REFRESH, START_SERVICES, DISCARD, CONFIGURE, CHECK_HEALTH -> {
        // no undo handler
      }
    }
    return false;
  }

  /** While the app runs only its new blob is fetched; the refresh itself waits (specification section 2.8). */
  static void preDownload(Snapd snapd, int target) {
    new SnapDownload(snapd.machine, Part.APP, target).fetch();
  }

  private LiveVolume data() {
    return machine.data();
  }

  private String name() {
    return setup.name(part);
  }

  private String blobPath(int revision) {
    return Initramfs.SNAPS + setup.blob(part, revision);
  }

  private String says(String what) {
    return machine.tracing() ? what + " " + setup.blob(part, target) : "";
  }

  // 3: validate-snap

  private void validate() {
    for (String type : List.of("snap-declaration", "snap-revision")) {
      String path = ASSERTIONS + type + "/" + setup.snapName(part) + "-" + target;
      if (!data().tree().exists(path)) {
        Content assertion = Content.opaque(type + " of " + setup.released(part, target), 1500);
        Writes.atomic(machine, "K4." + type, data(), path, assertion);
      }
    }
    if (!setup.snap(part, target).equals(data().tree().content(blobPath(target)))) {
      throw new SnapdError("cannot validate snap: digest differs from its snap-revision");
    }
  }

  // 5: mount-snap

  private void mount() {
    Writes.folders(data(), "/snap/" + name() + "/" + target);
    String unit = "snap-" + name() + "-" + target + ".mount";
    String path = UNITS + "/" + unit;
    Content text = Content.opaque("unit " + unit, 300);
    boolean unchanged = text.equals(data().tree().content(path));
    if (!unchanged) {
      Writes.atomic(machine, "K5", data(), path, text);
      snapd.units.reload();
    }
    if (!unchanged || setup.platform().mountUnitRecheckedOnRepeat()) {
      if (!data().tree().exists(WANTS + "/" + unit)) {
        data().symlink(path, WANTS + "/" + unit);
        machine.point("K6", says("enables the mount unit of"));
      }
      snapd.mounted.add(unit);
    }
    if (!snapd.mounted.contains(unit)) {
      removeUnit("K5.cleanup", target);
      throw new SnapdError("cannot mount snap: its unit never became active");
    }
    if (part == Part.KERNEL) {
      setup.bootState().extractKernel(machine, target);
    }
  }

  private void undoMount() {
    removeUnit("U5", target);
    if (part == Part.KERNEL) {
      setup.bootState().removeKernel(machine, "U7", target);
    }
    Writes.remove(machine, "U6", data(), blobPath(target));
  }

  private void removeUnit(String point, int revision) {
    String unit = "snap-" + name() + "-" + revision + ".mount";
    Writes.remove(machine, point + ".wants", data(), WANTS + "/" + unit);
    Writes.remove(machine, point + ".unit", data(), UNITS + "/" + unit);
    String folder = "/snap/" + name() + "/" + revision;
    if (data().tree().exists(folder)) {
      data().rmdir(folder);
      machine.point(point + ".folder", says("removes the mount point of"));
    }
    snapd.mounted.remove(unit);
    snapd.units.reload();
  }

  // 9: unlink-current-snap

  private void unlink() {
    if (part == Part.APP) {
      app.unlink("A3");
    }
    if (part != Part.SNAPD) {
      Writes.remove(machine, "K8.snap", data(), "/snap/" + name() + "/current");
      Writes.remove(machine, "K8", data(), "/var/snap/" + name() + "/current");
    }
    SnapdRecord.Snap snap = snapd.record.snap(part);
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(snap.current(), false, snap.sequence()));
  }

  private boolean undoUnlink() {
    boolean reboot = false;
    if (part == Part.APP) {
      app.link("U11", origin);
    }
    if (part != Part.SNAPD) {
      // Of snapd this was done when link-snap was undone: what runs now is the old one.
      sequence("U10", origin, without(target));
      links("U11", origin);
    }
    if (part.boots()) {
      reboot = part != Part.GADGET && setup.bootState().current(machine, part) != origin;
      setup.bootState().setNextWithoutTry(machine, part, origin);
    }
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(origin, true, snapd.record.snap(part).sequence()));
    return reboot;
  }

  // 11: update-gadget-assets

  private void updateAssets() {
    if (new AssetUpdate(machine, part, target).perform()) {
      snapd.record = snapd.record.with(snapd.record.change().restarting());
    }
  }

  private void undoAssets() {
    new AssetUpdate(machine, part, target).undo(origin);
  }

  // 15: link-snap, L1 to L8

  private boolean link() {
    List<Integer> sequence = new ArrayList<>(snapd.record.snap(part).sequence());
    if (!sequence.contains(target)) {
      sequence.add(target);
    }
    sequence("L1", target, sequence);
    try {
      if (part == Part.SNAPD) {
        snapd.units.write("S3", target, snapd.revision);
      } else if (part == Part.APP) {
        app.link("L2", target);
      }
      links("L", target);
    } catch (NoSpaceException e) {
      unlinkFailed();
      throw e;
    }
    boolean reboot = part.boots() && setup.bootState().setNext(machine, part, target);
    snapd.restart = part == Part.SNAPD;
    Writes.atomic(machine, "L7", data(), CACHE + "aux-" + name(),
        Content.opaque("aux of " + setup.blob(part, target), 200));
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(target, true, sequence));
    return reboot || part == Part.GADGET && snapd.record.change().restart();
  }

  /** What link-snap itself cleans up after an error. Of snapd there must always be one, so the old one is linked. */
  private void unlinkFailed() {
    try {
      unlinkNew();
    } catch (NoSpaceException e) {
      machine.step("cannot clean up after link-snap: no space left on device", "");
    }
  }

  private void unlinkNew() {
    if (part == Part.SNAPD) {
      snapd.units.write("U3.units", origin, snapd.revision);
      links("U4", origin);
      return;
    }
    if (part == Part.APP) {
      app.unlink("U2");
    }
    Writes.remove(machine, "U4.snap", data(), "/snap/" + name() + "/current");
    Writes.remove(machine, "U4.data", data(), "/var/snap/" + name() + "/current");
  }

  private void undoLink() {
    unlinkNew();
    snapd.restart = part == Part.SNAPD;
    List<Integer> sequence = without(target);
    sequence("U3", origin, sequence);
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(origin, false, sequence));
  }

  /** The sequence without the revision that this change brought; one that was there before stays. */
  private List<Integer> without(int revision) {
    if (!snapd.record.change().brings()) {
      return snapd.record.snap(part).sequence();
    }
    return snapd.record.snap(part).sequence().stream().filter(r -> r != revision).toList();
  }

  private void sequence(String point, int current, List<Integer> revisions) {
    String text = "{\"sequence\":" + revisions + ",\"current\":\"" + current + "\"}";
    Writes.atomic(machine, point, data(), "/var/lib/snapd/sequence/" + name() + ".json", Content.text(text));
  }

  private void links(String point, int revision) {
    String target = Integer.toString(revision);
    Writes.atomicLink(machine, point + "3", data(), target, "/var/snap/" + name() + "/current");
    Writes.atomicLink(machine, point + "4", data(), target, "/snap/" + name() + "/current");
  }

  // 16: auto-connect runs FinishRestart

  private void finishRestart() {
    if (part == Part.SNAPD) {
      snapdRestarted();
      return;
    }
    if (!part.boots()) {
      return;
    }
    if (setup.bootState().status(machine, part).equals("trying")) {
      throw new SnapdError("cannot finish " + part.word()
          + " installation: the boot is still being tried after three days");
    }
    if (part == Part.GADGET) {
      hooks();
    } else if (setup.bootState().current(machine, part) != target) {
      throw new SnapdError("cannot finish " + part.word() + " installation, there was a rollback across reboot");
    }
  }

  /** S6; and a snapd that the failure handler started learns here that it is a roll-back. */
  private void snapdRestarted() {
    if (snapd.reverting) {
      throw new SnapdError("cannot finish snapd installation, there was a snapd rollback across the restart");
    }
    snapd.units.write("S6", target, snapd.revision);
    hooks();
  }

  /** 6, 19, 25 and 26: a hook that ends with an error undoes the lane. */
  private void hook(Circumstance fails, String name) {
    if (target == Revisions.NEW && setup.scenario().is(fails)) {
      throw new SnapdError("cannot perform run-hook: hook " + name + " of " + name() + " ends with an error");
    }
  }

  private void postRefresh() {
    hook(Circumstance.POST_REFRESH_FAILS, "post-refresh");
    if (!snapd.record.change().brings()) {
      hook(Circumstance.FAILS_ON_RETURN, "post-refresh");
    }
  }

  private void startServices() {
    if (target == Revisions.NEW && setup.scenario().is(Circumstance.SERVICE_FAILS)) {
      throw new SnapdError("cannot start the service of " + name() + ": it ends with an error");
    }
    app.enable("A6");
  }

  private void hooks() {
    if (setup.behaviour(part, target) == Behaviour.UNHEALTHY) {
      throw new SnapdError("cannot perform run-hook: a hook of the new " + part.word() + " ends with an error");
    }
  }

  // 23, 24: discard-snap, cleanup

  private void discard() {
    SnapdRecord.Snap snap = snapd.record.snap(part);
    List<Integer> kept = new ArrayList<>(snap.sequence());
    int from = kept.indexOf(origin);
    for (int revision : List.copyOf(kept.subList(from + 1, kept.size()))) {
      if (revision != target) {
        // left from before a revert
        kept.remove((Integer) revision);
        discard(revision);
      }
    }
    while (kept.size() > Revisions.RETAINED) {
      discard(kept.removeFirst());
    }
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(snap.current(), true, kept));
  }

  /** 24: once a change is through, the data that its copies moved aside goes. */
  static void cleanUp(Snapd snapd) {
    for (TaskPlan.Task task : snapd.record.change().tasks()) {
      if (task.kind() == TaskKind.COPY_DATA) {
        new SnapTasks(snapd, task.part()).copies.cleanUp();
      } else if (task.kind() == TaskKind.CREATE_SYSTEM) {
        SystemTasks.cleanUp(snapd);
      }
    }
  }

  private void discard(int revision) {
    removeUnit("K26", revision);
    String dataFolder = "/var/snap/" + name() + "/" + revision;
    if (data().tree().get(dataFolder) instanceof Tree.Directory) {
      Writes.removeTree(machine, "K26.data", data(), dataFolder);
    }
    if (part == Part.KERNEL) {
      setup.bootState().removeKernel(machine, "K26.boot", revision);
    }
    Writes.remove(machine, "K26.blob", data(), blobPath(revision));
  }
}
