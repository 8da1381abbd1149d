package dev.plugpull.sim.slots;

import dev.plugpull.sim.filesystem.LiveVolume;
import dev.plugpull.sim.media.Content;

/**
 * How programs make files durable: each elementary step is a crash point, named {@code POINT.step}; the last one
 * carries the bare name.
 */
public final class SlotWrites {
  /** Suffix of temporary names. Real ones are random: reduction <em>rename</em>, one name stands for all. */
  public static final String TEMPORARY = ".tmp~";

  private SlotWrites() {}

  /** Temporary file, write, fsync, rename, fsync of the folder. */
  public static void atomic(SlotMachine machine, String point, LiveVolume volume, String path, Content content) {
    String temporary = path + TEMPORARY;
    if (volume.tree().exists(temporary)) {
      volume.unlink(temporary);
    }
    volume.create(temporary);
    volume.write(temporary, content);
    machine.point(point + ".written", says(machine, "writes a temporary file for ", path));
    volume.fsync(temporary);
    volume.close(temporary);
    machine.point(point + ".synced", says(machine, "syncs the temporary file for ", path));
    volume.rename(temporary, path);
    machine.point(point + ".renamed", says(machine, "renames it to ", path));
    volume.fsyncDirectory(parent(path));
    machine.point(point, says(machine, "syncs the folder of ", path));
  }

  /** Truncation or creation and write, nothing forced. */
  public static void plain(SlotMachine machine, String point, LiveVolume volume, String path, Content content) {
    if (volume.tree().exists(path)) {
      volume.truncate(path);
    } else {
      volume.create(path);
    }
    volume.write(path, content);
    volume.close(path);
    machine.point(point, says(machine, "writes without sync ", path));
  }

  /** As {@link #plain}, then fsync of the file. */
  public static void synced(SlotMachine machine, String point, LiveVolume volume, String path, Content content) {
    plain(machine, point + ".written", volume, path, content);
    volume.fsync(path);
    machine.point(point, says(machine, "syncs ", path));
  }

  /** Overwrites in place and syncs. */
  public static void inPlace(SlotMachine machine, String point, LiveVolume volume, String path, Content content) {
    volume.overwrite(path, content);
    machine.point(point + ".written", says(machine, "overwrites ", path));
    volume.fsync(path);
    machine.point(point, says(machine, "syncs ", path));
  }

  /** Unlink without any sync. Nothing happens when the name is missing. */
  public static void remove(SlotMachine machine, String point, LiveVolume volume, String path) {
    if (volume.tree().exists(path)) {
      volume.unlink(path);
      machine.point(point, says(machine, "removes ", path));
    }
  }

  /** mkdir -p. */
  public static void folders(LiveVolume volume, String path) {
    if (path.length() > 1 && !volume.tree().exists(path)) {
      folders(volume, parent(path));
      volume.mkdir(path);
    }
  }

  /** The folder of a path. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static String says(SlotMachine machine, String what, String path) {
    return machine.tracing() ? what + path : "";
  }
}
