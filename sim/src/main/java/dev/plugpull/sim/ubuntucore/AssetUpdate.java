package dev.plugpull.sim.ubuntucore;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.filesystem.NoSpaceException;
import dev.plugpull.sim.media.Content;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Asset;
import dev.plugpull.sim.ubuntucore.GadgetAssets.AssetStructure;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Home;
import dev.plugpull.sim.ubuntucore.GadgetAssets.Rule;
import java.util.Arrays;
import java.util.List;

/**
 * The task update-gadget-assets, rows G1 to G10: all structures are backed up, then all are written, each file by P3,
 * each image in place and without any sync (P10). Stamps and backups that a run cut short left behind are trusted.
 *
 * <p>Stamps for folders, which only tell the roll-back what it may remove, are left out.
 */
final class AssetUpdate {
  private static final String ROLLBACK = "/var/lib/snapd/rollback/";
  private static final String BACKUP = ".backup";
  private static final String SAME = ".same";
  private static final String PRESERVE = ".preserve";
  private static final String IGNORE = ".ignore";

  private final Machine machine;
  private final CoreSetup setup;
  private final List<AssetStructure> structures;
  private final int target;
  private final String folder;
  private final BootAssetTracker tracker;

  AssetUpdate(Machine machine, Part part, int target) {
    this.machine = machine;
    this.setup = machine.setup;
    this.structures = setup.assets().of(part);
    this.target = target;
    this.folder = ROLLBACK + setup.name(part) + "_" + target;
    this.tracker = new BootAssetTracker(machine);
  }

  /**
   * Runs it.
   *
   * @return true if something was written, so that a restart is due
   * @throws SnapdError if a structure cannot be updated
   */
  boolean perform() {
    if (structures.isEmpty()) {
      return false;
    }
    for (AssetStructure structure : structures) {
      if (structure.home() == Home.UNMOUNTED) {
        throw new SnapdError("cannot prepare update for " + structure.title()
            + ": it does not have a writable mountpoint in order to update the filesystem content");
      }
    }
    Writes.folders(machine.data(), folder);
    backup();
    tracker.beforeWrite();
    boolean changed = write();
    tracker.afterWrite();
    if (!changed) {
      return false;
    }
    setup.bootState().assetsWritten(machine);
    Writes.removeTree(machine, "G10", machine.data(), folder);
    return true;
  }

  private void backup() {
    try {
      for (int i = 0; i < structures.size(); i++) {
        backup(structures.get(i), folder + "/struct-" + i);
      }
    } catch (NoSpaceException e) {
      tracker.cancelled();
      throw e;
    }
  }

  private boolean write() {
    boolean changed = false;
    for (int i = 0; i < structures.size(); i++) {
      try {
        changed |= write(structures.get(i), folder + "/struct-" + i);
      } catch (NoSpaceException e) {
        for (int back = 0; back <= i; back++) {
          rollBackOrNot(structures.get(back), folder + "/struct-" + back);
        }
        tracker.cancelled();
        throw e;
      }
    }
    return changed;
  }

  private LiveVolume volume(AssetStructure structure) {
    return structure.home() == Home.SEED ? machine.seed() : machine.boot();
  }

  private boolean exists(String path) {
    return machine.data().tree().exists(path);
  }

  private static String point(AssetStructure structure) {
    return switch (structure.home()) {
      case RAW, UNMOUNTED -> "G5a";
      case BOOT -> "G5b";
      case SEED -> "G5c";
    };
  }

  // G2

  private void backup(AssetStructure structure, String place) {
    for (Asset asset : structure.assets()) {
      String name = place + stampName(structure, asset);
      if (asset.at(target) == null) {
        backupDropped(structure, asset, name);
      } else if (!exists(name + IGNORE)) {
        backup(structure, asset, name);
      }
    }
  }

  private static String stampName(AssetStructure structure, Asset asset) {
    return structure.home() == Home.RAW ? "-" + asset.path().replace('/', '-') : asset.path();
  }

  private void backup(AssetStructure structure, Asset asset, String name) {
    Content there = there(structure, asset);
    if (asset.rule() == Rule.IGNORED) {
      stamp(name + IGNORE);
      return;
    }
    if (there == null || exists(name + BACKUP)) {
      Content before = there == null ? null : machine.data().tree().content(name + BACKUP);
      tracker.replaces(structure, asset.path(), before, asset.at(target));
      return;
    }
    if (exists(name + SAME)) {
      return;
    }
    if (asset.rule() == Rule.PRESERVED) {
      if (!exists(name + PRESERVE)) {
        stamp(name + PRESERVE);
      }
    } else if (there.equals(asset.at(target))) {
      stamp(name + SAME);
    } else {
      Writes.folders(machine.data(), Writes.parent(name));
      Writes.atomic(machine, "G2", machine.data(), name + BACKUP, there);
      tracker.replaces(structure, asset.path(), there, asset.at(target));
    }
  }

  private void backupDropped(AssetStructure structure, Asset asset, String name) {
    Content there = there(structure, asset);
    if (there != null && structure.home() != Home.RAW) {
      Writes.folders(machine.data(), Writes.parent(name));
      Writes.atomic(machine, "G2.dropped", machine.data(), name + BACKUP, there);
    }
  }

  private void stamp(String path) {
    Writes.folders(machine.data(), Writes.parent(path));
    Writes.atomic(machine, "G2.stamp", machine.data(), path, Content.EMPTY);
  }

  /** What lies on the partition now; of raw areas always something. */
  private Content there(AssetStructure structure, Asset asset) {
    if (structure.home() != Home.RAW) {
      return volume(structure).tree().content(asset.path());
    }
    byte[] bytes = machine.rawAreas().readRaw(setup.assets().place(asset.path()), GadgetAssets.IMAGE_BYTES);
    for (int revision : new int[] {target, Revisions.OLD, Revisions.NEW}) {
      Content known = asset.at(revision);
      if (known != null && Arrays.equals(bytes, GadgetAssets.imageBytes(known))) {
        return known;
      }
    }
    return Content.of(bytes);
  }

  // G5

  private boolean write(AssetStructure structure, String place) {
    boolean changed = false;
    for (Asset asset : structure.assets()) {
      String name = place + stampName(structure, asset);
      changed |= asset.at(target) == null
          ? drop(structure, asset, name)
          : structure.home() == Home.RAW ? image(asset, name) : file(structure, asset, name);
    }
    return changed;
  }

  private boolean file(AssetStructure structure, Asset asset, String name) {
    LiveVolume volume = volume(structure);
    if (exists(name + IGNORE)) {
      return false;
    }
    if (volume.tree().exists(asset.path())) {
      if (exists(name + PRESERVE) || exists(name + SAME)) {
        return false;
      }
      if (!exists(name + BACKUP)) {
        throw new SnapdError("cannot update content: missing backup file for " + asset.path());
      }
    }
    Writes.folders(volume, Writes.parent(asset.path()));
    replace(point(structure), volume, asset.path(), asset.at(target));
    return true;
  }

  /** P3; the reference platform replaces a file all or nothing. */
  private void replace(String point, LiveVolume volume, String path, Content content) {
    if (!setup.platform().assetsProtected()) {
      Writes.atomic(machine, point, volume, path, content);
      return;
    }
    String temporary = Writes.temporary(volume, path, content);
    volume.close(temporary);
    volume.rename(temporary, path);
    volume.freeze();
    machine.point(point, machine.tracing() ? "replaces " + path + " all or nothing" : "");
  }

  private boolean image(Asset asset, String name) {
    if (exists(name + SAME)) {
      return false;
    }
    machine.rawAreas().writeRaw(setup.assets().place(asset.path()), GadgetAssets.imageBytes(asset.at(target)));
    if (setup.platform().assetsProtected()) {
      machine.rawAreas().fsyncRaw();
    }
    machine.point("G5a", machine.tracing() ? "writes image " + asset.path() + " in place, without any sync" : "");
    return true;
  }

  private boolean drop(AssetStructure structure, Asset asset, String name) {
    LiveVolume volume = structure.home() == Home.RAW ? null : volume(structure);
    if (volume == null || exists(name + PRESERVE) || !volume.tree().exists(asset.path())) {
      return false;
    }
    Writes.remove(machine, point(structure) + ".dropped", volume, asset.path());
    return true;
  }

  // G7

  /** A structure is given up at its first file that cannot be restored; the others are still rolled back. */
  private void rollBackOrNot(AssetStructure structure, String place) {
    try {
      rollBack(structure, place);
    } catch (NoSpaceException e) {
      machine.step("cannot roll back " + structure.title() + ": no space left on device", "");
    }
  }

  private void rollBack(AssetStructure structure, String place) {
    for (Asset asset : structure.assets()) {
      Content backup = machine.data().tree().content(place + stampName(structure, asset) + BACKUP);
      if (backup != null && structure.home() == Home.RAW) {
        byte[] bytes = backup.isOpaque() ? GadgetAssets.imageBytes(backup) : backup.bytes().orElseThrow();
        machine.rawAreas().writeRaw(setup.assets().place(asset.path()), bytes);
        if (setup.platform().assetsProtected()) {
          machine.rawAreas().fsyncRaw();
        }
        machine.point("G7.raw", machine.tracing() ? "restores image " + asset.path() : "");
      } else if (backup != null) {
        replace("G7", volume(structure), asset.path(), backup);
      }
    }
  }

  /** There is no undo in snapd: assets stay as they are. The reference platform puts the old ones back. */
  void undo(int origin) {
    if (!setup.platform().assetsUndone()) {
      return;
    }
    for (AssetStructure structure : structures) {
      for (Asset asset : structure.assets()) {
        if (asset.tells() && asset.at(origin) != null && structure.home() != Home.RAW) {
          tracker.replaces(structure, asset.path(), there(structure, asset), asset.at(origin));
        }
      }
    }
    tracker.beforeWrite();
    for (AssetStructure structure : structures) {
      for (Asset asset : structure.assets()) {
        Content old = asset.at(origin);
        if (asset.tells() && structure.home() == Home.RAW && old != null) {
          machine.rawAreas().writeRaw(setup.assets().place(asset.path()), GadgetAssets.imageBytes(old));
          machine.rawAreas().fsyncRaw();
          machine.point("U5a", machine.tracing() ? "puts image " + asset.path() + " back" : "");
        } else if (asset.tells() && old != null) {
          replace("U5b", volume(structure), asset.path(), old);
        } else if (asset.tells() && structure.home() != Home.RAW) {
          Writes.remove(machine, "U5c", volume(structure), asset.path());
        }
      }
    }
  }
}
