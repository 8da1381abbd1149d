package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;

/** The task download-snap, steps D1 to D6 and D2' (specification section 2.6). */
final class SnapDownload {
  private final Machine machine;
  private final CoreSetup setup;
  private final Part part;
  private final int target;

  SnapDownload(Machine machine, Part part, int target) {
    this.machine = machine;
    this.setup = machine.setup;
    this.part = part;
    this.target = target;
  }

  private LiveVolume data() {
    return machine.data();
  }

  private String says(String what) {
    return machine.tracing() ? what + " " + setup.blob(part, target) : "";
  }

  void fetch() {
    Content whole = setup.snap(part, target);
    String path = Initramfs.SNAPS + setup.blob(part, target);
    String cached = SnapTasks.CACHE + setup.released(part, target);
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
    if (setup.scenario().is(Circumstance.DELTA)) {
      delta(path, whole);
    } else {
      receive(path, whole);
    }
    if (!data().tree().exists(cached)) {
      data().link(path, cached);
      machine.point("D6", says("links into the download cache"));
    }
  }

  private void receive(String path, Content whole) {
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
  }

  /** D2': the difference is applied to the blob that is there, and nobody syncs what comes out. */
  private void delta(String path, Content whole) {
    String difference = path + ".xdelta3.partial";
    Content sent = Content.opaque("difference to " + setup.released(part, target), whole.length() / 8);
    Writes.plain(machine, "D2'.received", data(), difference, sent);
    Writes.plain(machine, "D2'.applied", data(), path + ".partial", whole);
    Writes.remove(machine, "D2'.removed", data(), difference);
    data().rename(path + ".partial", path);
    machine.point("D2'", says("renames what the difference was applied to to"));
    if (setup.platform().deltaSynced()) {
      data().fsync(path);
      data().fsyncDirectory(Writes.parent(path));
      machine.flushed(data());
      machine.point("D2'.synced", says("syncs"));
    }
  }
}
