package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.Tree;
import dev.plugpull.sim.media.Content;
import java.util.ArrayList;
import java.util.List;

/** What the tasks of a change do and undo, write by write (specification sections 2.6, 3.2, 3.3 and 7.1). */
final class SnapTasks {
  static final String WANTS = "/etc/systemd/system/multi-user.target.wants";
  static final String UNITS = "/etc/systemd/system";
  private static final String CACHE = "/var/lib/snapd/cache/";
  private static final String ASSERTIONS = "/var/lib/snapd/assertions/asserts-v0/";

  private final Snapd snapd;
  private final Machine machine;
  private final CoreSetup setup;
  private final Part part;
  private final int target;
  private final int origin;

  private SnapTasks(Snapd snapd, Part part) {
    this.snapd = snapd;
    this.machine = snapd.machine;
    this.setup = snapd.setup;
    this.part = part;
    this.target = snapd.record.change().target().get(part);
    this.origin = snapd.record.change().origin().get(part);
  }

  /** Runs a task's handler; true if it must wait for a reboot. */
  static boolean perform(Snapd snapd, TaskPlan.Task task) {
    SnapTasks tasks = new SnapTasks(snapd, task.part());
    switch (task.kind()) {
      case DOWNLOAD -> tasks.download();
      case VALIDATE -> tasks.validate();
      case MOUNT -> tasks.mount();
      case UNLINK -> tasks.unlink();
      case PREPARE_KERNEL -> DriversTree.build(tasks.machine, tasks.target);
      case UPDATE_ASSETS -> tasks.updateAssets();
      case COPY_DATA -> tasks.copyData();
      case LINK -> {
        return tasks.link();
      }
      case AUTO_CONNECT -> tasks.finishRestart();
      case DISCARD_DRIVERS -> DriversTree.remove(tasks.machine, "K25", tasks.origin);
      case DISCARD -> tasks.discard();
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
      case COPY_DATA -> tasks.undoCopyData();
      case LINK -> tasks.undoLink();
      case DISCARD_DRIVERS -> DriversTree.build(tasks.machine, tasks.origin);
      case VALIDATE, AUTO_CONNECT, DISCARD -> {
        // no undo handler
      }
    }
    return false;
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

  // 2: download-snap, D1 to D6

  private void download() {
    Content whole = setup.snap(part, target);
    String path = blobPath(target);
    String cached = CACHE + setup.blob(part, target);
    if (!data().tree().exists(path) && data().tree().exists(cached)) {
      data().link(cached, path);
      machine.point("D1", says("links from the download cache"));
    }
    Content there = data().tree().content(path);
    boolean trusted = setup.platform().departs(Departure.CACHE_TRUSTED_BY_NAME);
    if (there != null && (trusted || there.length() == whole.length())) {
      return;
    }
    if (there != null) {
      Writes.remove(machine, "D1.short", data(), path);
    }
    String partial = path + ".partial";
    if (!data().tree().exists(partial)) {
      data().create(partial);
    }
    if (data().tree().content(partial).length() < whole.length() / 2) {
      data().write(partial, whole.prefix(whole.length() / 2));
      machine.point("K1.half", says("has received half of"));
    }
    data().write(partial, whole);
    data().close(partial);
    machine.point("K1", says("has received"));
    data().rename(partial, path);
    machine.point("K2", says("renames the download to"));
    if (!setup.platform().departs(Departure.DOWNLOAD_NOT_SYNCED)) {
      data().fsync(path);
      data().fsyncDirectory(Writes.parent(path));
      machine.flushed(data());
      machine.point("K3", says("syncs"));
    }
    if (!data().tree().exists(cached)) {
      data().link(path, cached);
      machine.point("D6", says("links into the download cache"));
    }
  }

  // 3: validate-snap

  private void validate() {
    for (String type : List.of("snap-declaration", "snap-revision")) {
      String path = ASSERTIONS + type + "/" + name() + "-" + target;
      if (!data().tree().exists(path)) {
        Content assertion = Content.opaque(type + " of " + setup.blob(part, target), 1500);
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
  }

  // 9: unlink-current-snap

  private void unlink() {
    Writes.remove(machine, "K8.snap", data(), "/snap/" + name() + "/current");
    Writes.remove(machine, "K8", data(), "/var/snap/" + name() + "/current");
    SnapdRecord.Snap snap = snapd.record.snap(part);
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(snap.current(), false, snap.sequence()));
  }

  private boolean undoUnlink() {
    sequence("U10", origin, without(target));
    links("U11", origin);
    boolean reboot = part != Part.GADGET && setup.bootState().current(machine, part) != origin;
    setup.bootState().setNextWithoutTry(machine, part, origin);
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

  // 13: copy-snap-data

  private void copyData() {
    String from = "/var/snap/" + name() + "/" + origin;
    String to = "/var/snap/" + name() + "/" + target;
    if (!data().tree().exists(from)) {
      return;
    }
    trash(to);
    Writes.folders(data(), to);
    for (String file : data().tree().names(from)) {
      data().create(to + "/" + file);
      data().write(to + "/" + file, data().tree().content(from + "/" + file));
      data().close(to + "/" + file);
    }
    machine.point("K11.copied", says("has copied the data for"));
    machine.syncAll();
    machine.point("K11", says("syncs everything after copying the data for"));
  }

  /** H6: what is in the trash already is deleted first, even if it is the better copy. */
  private void trash(String path) {
    if (!data().tree().exists(path)) {
      return;
    }
    if (!data().tree().names(path + ".old").isEmpty()) {
      Writes.removeTree(machine, "K11.trash", data(), path + ".old");
    } else if (data().tree().exists(path + ".old")) {
      data().rmdir(path + ".old");
    }
    data().rename(path, path + ".old");
    machine.point("K11.trashed", says("moves older data aside for"));
  }

  private void undoCopyData() {
    String to = "/var/snap/" + name() + "/" + target;
    if (data().tree().exists(to)) {
      Writes.removeTree(machine, "U12", data(), to);
    }
    if (data().tree().exists(to + ".old")) {
      data().rename(to + ".old", to);
      machine.point("U12.restored", says("moves older data back for"));
    }
  }

  // 15: link-snap, L1 to L8

  private boolean link() {
    List<Integer> sequence = new ArrayList<>(snapd.record.snap(part).sequence());
    if (!sequence.contains(target)) {
      sequence.add(target);
    }
    sequence("L1", target, sequence);
    links("L", target);
    boolean reboot = setup.bootState().setNext(machine, part, target);
    Writes.atomic(machine, "L7", data(), CACHE + "aux-" + name(),
        Content.opaque("aux of " + setup.blob(part, target), 200));
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(target, true, sequence));
    return reboot || part == Part.GADGET && snapd.record.change().restart();
  }

  private void undoLink() {
    Writes.remove(machine, "U4.snap", data(), "/snap/" + name() + "/current");
    Writes.remove(machine, "U4.data", data(), "/var/snap/" + name() + "/current");
    boolean refresh = snapd.record.change().kind().equals("refresh");
    List<Integer> sequence = refresh ? without(target) : snapd.record.snap(part).sequence();
    sequence("U3", origin, sequence);
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(origin, false, sequence));
  }

  private List<Integer> without(int revision) {
    if (!snapd.record.change().kind().equals("refresh")) {
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

  /** 19, 25 and 26: a hook that ends with an error undoes the lane. */
  private void hooks() {
    if (setup.behaviour(part, target) == Behaviour.UNHEALTHY) {
      throw new SnapdError("cannot perform run-hook: a hook of the new " + part.word() + " ends with an error");
    }
  }

  // 23, 24: discard-snap, cleanup

  private void discard() {
    SnapdRecord.Snap snap = snapd.record.snap(part);
    List<Integer> kept = new ArrayList<>(snap.sequence());
    while (kept.size() > Revisions.RETAINED) {
      discard(kept.removeFirst());
    }
    String trash = "/var/snap/" + name() + "/" + target + ".old";
    if (data().tree().exists(trash)) {
      Writes.removeTree(machine, "K26.trash", data(), trash);
    }
    snapd.record = snapd.record.with(part, new SnapdRecord.Snap(snap.current(), true, kept));
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
