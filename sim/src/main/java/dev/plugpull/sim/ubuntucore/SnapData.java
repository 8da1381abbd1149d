package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;

/** The task copy-snap-data: each revision of a snap has its own folder of data (specification section 3.2, rows 13). */
final class SnapData {
  private final Machine machine;
  private final CoreSetup setup;
  private final Part part;
  private final int origin;
  private final int target;
  private final boolean wasThere;

  /**
   * Data of one revision for another.
   *
   * @param wasThere true if the target was refreshed to before, so that it has data of its own
   */
  SnapData(Machine machine, Part part, int origin, int target, boolean wasThere) {
    this.machine = machine;
    this.setup = machine.setup;
    this.part = part;
    this.origin = origin;
    this.target = target;
    this.wasThere = wasThere;
  }

  private LiveVolume data() {
    return machine.data();
  }

  private String says(String what) {
    return machine.tracing() ? what + " " + setup.blob(part, target) : "";
  }

  private String dataFolder() {
    boolean keyLost = setup.platform().departs(Departure.INSTANCE_KEY_IGNORED);
    return "/var/snap/" + (keyLost ? setup.snapName(part) : setup.name(part)) + "/";
  }

  void copy() {
    String from = dataFolder() + origin;
    String to = dataFolder() + target;
    if (!data().tree().exists(from)) {
      return;
    }
    needsMounted();
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
    if (setup.platform().dataTrashKept() && data().tree().exists(path + ".old")) {
      // A run before this one moved the data away: what lies here is only a copy that was cut short.
      Writes.removeTree(machine, "K11.partial", data(), path);
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

  void undo() {
    String to = dataFolder() + target;
    boolean restored = wasThere && setup.platform().dataTrashKept() && !data().tree().exists(to + ".old");
    // A repeated undo removes what the first one moved back, and finds nothing more to move.
    if (data().tree().exists(to) && !restored) {
      Writes.removeTree(machine, "U12", data(), to);
    }
    if (data().tree().exists(to + ".old")) {
      data().rename(to + ".old", to);
      machine.point("U12.restored", says("moves older data back for"));
    }
  }

  private void needsMounted() {
    boolean looks = !setup.platform().departs(Departure.DOWNLOAD_NOT_SYNCED);
    if (looks && !setup.mounted(data().tree(), part, target)) {
      throw new SnapdError("cannot find installed snap: " + setup.blob(part, target) + " is not mounted");
    }
  }

  /** The trash goes once the change is through. */
  void cleanUp() {
    String trash = dataFolder() + target + ".old";
    if (data().tree().exists(trash)) {
      Writes.removeTree(machine, "K26.trash", data(), trash);
    }
  }
}
